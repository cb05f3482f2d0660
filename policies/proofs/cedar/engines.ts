import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { arnIndex } from "../isolation/arn-index.ts";
import { thingsByUrn } from "../isolation/things.ts";
import { ownerOf } from "../isolation/tenants.ts";
import { type CedarPolicy, parseCedar } from "./parse.ts";

/** A policy of an engine, as it is declared and as Cedar reads it. */
export interface Written {
  readonly at: Placed;
  readonly policy: CedarPolicy;
}

/** A gateway of a tenant, and the policies that decide who may call what through it. */
export interface GuardedGateway extends Placed {
  readonly tenant: string;
  readonly arn: string;
  /** The engine that it asks; `undefined` for one that no stack declares. */
  readonly engine: Placed | undefined;
  readonly policies: readonly Written[];
}

/** The tenants' gateways with their policies; a policy that is no Cedar, or not known yet, is recorded. */
export function guardedGateways(platform: Platform, record: Recorder): readonly GuardedGateway[] {
  const written = Map.groupBy(policiesOf(platform, record), (it) => it.engine);
  return platform.ofType(TYPE.gateway).flatMap((at) => {
    const tenant = ownerOf(at.stack);
    const gateways: GuardedGateway[] = [];
    record.guarded(at, () => {
      const arn = thingsByUrn(platform).get(at.resource.urn)?.arns[0] ?? "";
      const engine = arnIndex(platform).named(at.resource.text("policyEngineConfiguration.arn") ?? "")[0];
      const id = engine?.resource.resource.outputs?.["id"];
      const policies = typeof id === "string" ? (written.get(id) ?? []) : [];
      if (tenant !== undefined) gateways.push({ ...at, tenant, arn, engine, policies });
    });
    return gateways;
  });
}

function policiesOf(platform: Platform, record: Recorder): readonly (Written & { readonly engine: string })[] {
  return platform.ofType(TYPE.policy).flatMap((at) => {
    const all: (Written & { readonly engine: string })[] = [];
    record.guarded(at, () => {
      const policy = parseCedar(at.resource.text("definition.cedar.statement") ?? "");
      record.count("policies of Cedar");
      if ("error" in policy)
        record.violated(at, `"${at.resource.name}" must hold a policy of Cedar that can be read: ${policy.error}.`);
      else all.push({ at, policy, engine: at.resource.text("policyEngineId") ?? "" });
    });
    return all;
  });
}
