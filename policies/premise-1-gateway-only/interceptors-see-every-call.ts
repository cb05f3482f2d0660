import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { byOutput, refersTo } from "../facts/reference.ts";

const CONFIGURATIONS = "interceptorConfigurations";

/** The interception points, in the words of a message. */
const POINTS = { REQUEST: "call before", RESPONSE: "answer after" } as const;

export const interceptorsSeeEveryCall = rule({
  premise: 1,
  id: "interceptors-see-every-call",
  severity: "critical",
  description:
    "A Lambda function of the gateway's own stack sees every call and every answer with its headers, and writes who calls; without it servers would trust what the caller says.",
  remediation:
    "Add an interceptor to `interceptorConfigurations` for REQUEST and RESPONSE, with `passRequestHeaders`, that is a Lambda function of the same stack.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuditLogs, CONTROL.gdprByDesign],
  subjects: { types: [TYPE.gateway] },
  judge: [
    (it, stack) => missing(it, "REQUEST", stack),
    (it, stack) => missing(it, "RESPONSE", stack),
    (it, stack) =>
      every(it.list(CONFIGURATIONS), (configuration) => isOwn(it, configuration, stack))
        ? undefined
        : `"${it.name}" must be intercepted by functions of its own stack alone.`,
  ],
});

function missing(it: ResourceView, point: keyof typeof POINTS, stack: StackIndex): string | undefined {
  const intercepts = some(
    it.list(CONFIGURATIONS),
    (configuration) =>
      configuration.texts("interceptionPoints").includes(point) &&
      configuration.flag("inputConfiguration.passRequestHeaders") === true &&
      isOwn(it, configuration, stack),
  );
  return intercepts ? undefined : `"${it.name}" must show its interceptor every ${POINTS[point]} it, with its headers.`;
}

function isOwn(it: ResourceView, configuration: Value, stack: StackIndex): boolean {
  const named = { of: it, input: CONFIGURATIONS, read: () => configuration.text("interceptor.lambda.arn") };
  return refersTo(named, byOutput(TYPE.function, "arn", "qualifiedArn"), stack);
}
