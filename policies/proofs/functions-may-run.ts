import { CONTROL } from "../engine/frameworks.ts";
import { outputOf } from "../engine/output.ts";
import type { Placed, Platform } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { bundleOf } from "../facts/bundle.ts";
import { hostOf, roleOf } from "../facts/reach/host.ts";
import { allows, type Call, isFor, mayDeny } from "../facts/reach/permission.ts";
import { endOf, endpointOf, receives } from "../facts/reach/private-endpoint.ts";
import { isGranted, isWithinBoundary } from "../facts/reach/role.ts";
import { TYPE } from "../facts/resource-types.ts";
import { environmentCallOf, environmentKeyOf, executionNeeds } from "./execution/execution-needs.ts";
import { storeNeeds } from "./execution/store-needs.ts";
import { codeOf } from "./least-privilege/workload-code.ts";
import { keyStatementsOf } from "./services/deed.ts";

const HTTPS = 443;

/** What a function does by itself and by its code is possible: through its role, the boundary and the keys of what it reads. */
export const functionsMayRun = proof({
  premise: 8,
  id: "functions-may-run",
  severity: "high",
  description:
    "Every function may write its log, send its traces, join its network, read its environment, and use each secret and table that it is told of.",
  remediation: "Grant the role of the function what the finding names, on the resource that it names.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration, CONTROL.isoAccessRights],
  prove: (platform, record) => {
    for (const it of platform.ofType(TYPE.function)) {
      if (it.stack.isOurs) record.guarded(it, () => new Proving(platform, record, it).prove());
    }
  },
});

class Proving {
  readonly #platform: Platform;
  readonly #record: Recorder;
  readonly #function: Placed;

  constructor(platform: Platform, record: Recorder, it: Placed) {
    this.#platform = platform;
    this.#record = record;
    this.#function = it;
  }

  prove(): void {
    const role = roleOf(this.#platform, this.#function.resource.text("role"));
    if (role === undefined) return; // another proof says that it must be declared
    for (const { calls, why } of executionNeeds(this.#function)) for (const it of calls) this.#may(role, it, why);
    const key = environmentKeyOf(this.#platform, this.#function);
    if (key !== undefined) this.#mayWithKey(role, environmentCallOf(key), "its environment is under it");
    this.#proveStores(role);
  }

  #proveStores(role: Placed): void {
    const bundle = bundleOf(this.#function.resource);
    const code = bundle === undefined ? undefined : codeOf(bundle, this.#function);
    const called = [...(code?.calls.keys() ?? [])];
    const needs = storeNeeds(this.#platform, this.#function, role, called);
    for (const { store, actions, keyCalls } of needs) {
      this.#record.count("stores that functions are told of");
      this.#proveWay(store.service);
      if (actions.length === 0)
        this.#violated(role, `be granted what its code calls on ${store.arn}`, "it is told of it");
      for (const it of keyCalls) this.#mayWithKey(role, it, `${store.arn} is under it`);
    }
  }

  /** A function in a network reaches a service by its private endpoint. */
  #proveWay(service: string): void {
    if (!this.#function.resource.has("vpcConfig")) return;
    const host = hostOf(this.#platform, this.#function);
    const endpoint = endpointOf(this.#platform, host.vpcId, service);
    const reaches =
      endpoint !== undefined &&
      host.sends(endOf(this.#platform, endpoint), HTTPS) &&
      receives(this.#platform, endpoint, host);
    if (!reaches) this.#violated(this.#function, `reach a private endpoint of ${service}`, "it is in a VPC");
  }

  #may(role: Placed, call: Call, why: string): void {
    this.#record.count("calls of functions");
    if (!isGranted(this.#platform, role, call))
      this.#violated(role, `be granted ${call.action} on ${call.resource}`, why);
    if (!isWithinBoundary(this.#platform, role, call))
      this.#violated(role, `have a boundary that allows ${call.action} on ${call.resource}`, why);
  }

  #mayWithKey(role: Placed, call: Call, why: string): void {
    this.#may(role, call, why);
    const key = this.#platform.ofArn(call.resource);
    if (key?.resource.type !== TYPE.key) return;
    const statements = keyStatementsOf(key).filter((it) => isFor(it, outputOf(role.resource, "arn")));
    if (!allows(statements, call) || mayDeny(statements, call))
      this.#violated(key, `let the account's roles do ${call.action}`, why);
  }

  #violated(at: Placed, what: string, why: string): void {
    const { name } = this.#function.resource;
    this.#record.violated(at, `"${at.resource.name}" must ${what}: "${name}" needs it.`, [`Of "${name}": ${why}.`]);
  }
}
