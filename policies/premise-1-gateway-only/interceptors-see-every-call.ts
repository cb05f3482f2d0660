import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";

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
    (it) => missing(it, "REQUEST"),
    (it) => missing(it, "RESPONSE"),
    (it, stack) =>
      !it.has(CONFIGURATIONS) || stack.linked(it, CONFIGURATIONS).some(({ type }) => type === TYPE.function)
        ? undefined
        : `"${it.name}" must be intercepted by a function of its own stack.`,
  ],
});

function missing(it: ResourceView, point: keyof typeof POINTS): string | undefined {
  const intercepts = some(
    it.list(CONFIGURATIONS),
    (configuration) =>
      configuration.texts("interceptionPoints").includes(point) &&
      configuration.has("interceptor.lambda.arn") &&
      configuration.flag("inputConfiguration.passRequestHeaders") === true,
  );
  return intercepts ? undefined : `"${it.name}" must show its interceptor every ${POINTS[point]} it, with its headers.`;
}
