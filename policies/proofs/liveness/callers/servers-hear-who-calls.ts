import { CONTEXT_HEADER } from "../../../../contracts/headers.ts";
import { CONTROL } from "../../../engine/frameworks.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { hostOf, variableOf } from "../../../facts/reach/host.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { runtimeUrl } from "../checks/runtime-url.ts";
import { interceptorsOf } from "../checks/interceptors.ts";
import { variableOfFunction } from "../checks/token-functions.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const HEADER = CONTEXT_HEADER.userContext;

/** A server refuses a call without a context token of an issuer that it knows. */
export const serversHearWhoCalls = proof({
  premise: 5,
  id: "servers-hear-who-calls",
  severity: "high",
  description:
    "The token that says who calls passes from the interceptor through target and runtime to a server that believes it.",
  remediation: `List ${HEADER} at the target and at the runtime, and give interceptor and server the same CONTEXT_ISSUER.`,
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const target of platform.ofType(TYPE.gatewayTarget))
      record.guarded(target, () => {
        const url = runtimeUrl(target.resource);
        const runtime = findBy(platform, TYPE.runtime, "agentRuntimeArn", url?.arn);
        if (runtime !== undefined) walk(record, "servers-hear-who-calls", target, checksOf(platform, target, runtime));
      });
  },
});

function checksOf(platform: Platform, target: Placed, runtime: Placed): HopChecks<"servers-hear-who-calls"> {
  const gateway = findBy(platform, TYPE.gateway, "gatewayId", target.resource.text("gatewayIdentifier"));
  const has = (names: readonly string[]): boolean => names.some((it) => it.toLowerCase() === HEADER.toLowerCase());
  const passed = (it: Placed, path: string) => () =>
    cutUnless(has(it.resource.texts(path)), it, `"${it.resource.name}" must let ${HEADER} pass.`);
  return {
    passed: passed(target, "metadataConfiguration.allowedRequestHeaders"),
    heard: passed(runtime, "requestHeaderConfiguration.requestHeaderAllowlists"),
    believed: () => {
      const believes = variableOf(hostOf(platform, runtime), "CONTEXT_ISSUER");
      if (gateway === undefined || believes === undefined) return undefined;
      const issuers = interceptorsOf(platform, gateway).map((it) => variableOfFunction(it, "CONTEXT_ISSUER"));
      const mend = `"${runtime.resource.name}" must believe the context tokens of the interceptor of "${gateway.resource.name}".`;
      return cutUnless(
        issuers.every((it) => it === believes),
        runtime,
        mend,
      );
    },
  };
}
