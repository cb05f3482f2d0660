import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import type { ResourceView } from "../../../engine/resource-view.ts";
import { bundleOf } from "../../../facts/bundle.ts";
import { AUTHORIZER } from "../../../facts/identity/issuers.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { clientIdOf, ownTokenChecks, variableOfFunction } from "../checks/token-functions.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

/** A canary that cannot do its work rings its alarm for good, or is no longer looked at: a region then fails over for nothing, or never. */
export const canariesListTools = proof({
  premise: 7,
  id: "canaries-list-tools",
  severity: "high",
  description:
    "Every canary is called once a minute, gets a token, and reaches a gateway of its own stack that admits its client.",
  remediation: "Tell the function the URL of its gateway, its client and the secret of it, and call it by a schedule.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  prove: (platform, record) => {
    for (const it of platform.ofType(TYPE.function))
      record.guarded(it, () => {
        if (bundleOf(it.resource) === "gateway-canary") walk(record, "canaries-list-tools", it, checksOf(platform, it));
      });
  },
});

function checksOf(platform: Platform, it: Placed): HopChecks<"canaries-list-tools"> {
  const { name } = it.resource;
  const url = variableOfFunction(it, "CANARY_GATEWAY_URL");
  const gateway = it.stack.ofType(TYPE.gateway).find((one) => url !== undefined && outputOf(one, "gatewayUrl") === url);
  const must = (holds: boolean, what: string) => cutUnless(holds, it, `"${name}" must ${what}.`);
  const schedules = (): readonly ResourceView[] => schedulesOf(it);
  return {
    gateway: () => must(gateway !== undefined, "be told the URL of a gateway of its own stack"),
    schedule: () => must(schedules().length > 0, "be called by a schedule of one minute"),
    invoke: () => {
      const arns = schedules().map((one) => outputOf(one, "arn"));
      return must(arns.length === 0 || admits(it, arns), "let its schedule call it");
    },
    ...ownTokenChecks(platform, it),
    admitted: () => {
      const clientId = clientIdOf(it);
      if (gateway === undefined || clientId === undefined) return undefined;
      const at = { resource: gateway, stack: it.stack };
      const admitted = gateway.texts(`${AUTHORIZER}.allowedClients`).includes(clientId);
      return cutUnless(admitted, at, `"${gateway.name}" must admit the client of "${name}".`);
    },
  };
}

/** The rules that call a function once a minute. */
function schedulesOf({ resource, stack }: Placed): readonly ResourceView[] {
  const called = stack.ofType(TARGET).filter((one) => one.text("arn") === outputOf(resource, "arn"));
  const names = called.map((one) => one.text("rule"));
  return stack
    .ofType(RULE)
    .filter(
      (one) =>
        names.includes(one.text("name")) &&
        one.text("scheduleExpression") === "rate(1 minute)" &&
        (one.text("state") ?? "ENABLED") === "ENABLED",
    );
}

function admits({ resource, stack }: Placed, scheduleArns: readonly string[]): boolean {
  const names = [resource.text("name"), outputOf(resource, "arn")];
  return stack
    .ofType(TYPE.lambdaPermission)
    .some(
      (one) =>
        names.includes(one.text("function")) &&
        one.text("action") === "lambda:InvokeFunction" &&
        one.text("principal") === "events.amazonaws.com" &&
        scheduleArns.includes(one.text("sourceArn") ?? ""),
    );
}
