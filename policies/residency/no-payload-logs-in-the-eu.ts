import { CONTROL } from "../frameworks.ts";
import { TYPE } from "../resource-types.ts";
import type { ResourceView } from "../resource-view.ts";
import { rule } from "../rule.ts";
import type { StackIndex } from "../stack-index.ts";
import { some } from "../three-values.ts";

const INVOCATION_LOGGING = "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration";

/** The kinds of payload that Bedrock logs unless told not to. */
const PAYLOADS = ["text", "image", "embedding", "video"];

export const noPayloadLogsInTheEu = rule({
  premise: "residency",
  id: "no-payload-logs-in-the-eu",
  severity: "critical",
  description: "What EU users say to agents is not copied into logs: neither by a gateway nor by a model.",
  remediation:
    "Take out the gateway's APPLICATION_LOGS source, and switch off each kind of data delivery of model invocations.",
  frameworks: [CONTROL.gdprMinimisation, CONTROL.gdprByDesign, CONTROL.isoPrivacy],
  subjects: { types: [TYPE.logDeliverySource, INVOCATION_LOGGING], where: (_, stack) => stack.residency === "eu" },
  judge: (it, stack) => {
    const logs = it.type === INVOCATION_LOGGING ? logsInvocations(it) : logsGateway(it, stack);
    return logs ? `"${it.name}" must not log payloads in the EU.` : undefined;
  },
});

function logsInvocations(it: ResourceView): boolean {
  return some(PAYLOADS, (payload) => it.flag(`loggingConfig.${payload}DataDeliveryEnabled`) !== false);
}

function logsGateway(it: ResourceView, stack: StackIndex): boolean {
  return (
    it.text("logType") === "APPLICATION_LOGS" &&
    stack.linked(it, "resourceArn").some(({ type }) => type === TYPE.gateway)
  );
}
