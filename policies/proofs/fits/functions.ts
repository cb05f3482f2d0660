import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { bundleOf } from "../../facts/bundle.ts";
import { findBy } from "../../facts/reach/find.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { clientIdOf, clientOfSecret, variableOfFunction } from "../liveness/checks/token-functions.ts";
import type { Fit } from "./fit.ts";

const INVOCATION = "aws:lambda/invocation:Invocation";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

/** Functions that a deployment calls once, since nobody else does: they make the users of a database. */
const CALLED_ONCE = ["database-setup", "keycloak-database"];

/** Functions that get the tokens of one client. */
const GET_TOKENS = ["agent-token", "gateway-canary"];

/** A function is of use where somebody calls it: the deployment, or the rule of events that is let in. */
export function functionFits(platform: Platform): readonly Fit[] {
  const setUp = platform
    .ofType(TYPE.function)
    .filter(({ resource }) => CALLED_ONCE.includes(bundleOf(resource) ?? ""))
    .map((at): Fit => {
      const isCalled = (): boolean =>
        at.stack.ofType(INVOCATION).some((it) => it.text("functionName") === at.resource.text("name"));
      return { at, isFit: isCalled, mend: `"${at.resource.name}" must be called by an Invocation of its stack.` };
    });
  const letIn = platform
    .ofType(TYPE.lambdaPermission)
    .filter(({ resource: it }) => it.text("principal") === "events.amazonaws.com")
    .map((at): Fit => {
      const mend = `"${at.resource.name}" must be for a rule whose target is the function.`;
      return { at, isFit: () => isTarget(platform, at.resource.text("sourceArn"), at.resource.text("function")), mend };
    });
  const getTokens = platform
    .ofType(TYPE.function)
    .filter(({ resource }) => GET_TOKENS.includes(bundleOf(resource) ?? ""))
    .map((at): Fit => {
      const mend = `"${at.resource.name}" must get the tokens of the client whose secret it reads.`;
      return { at, isFit: () => readsItsOwn(platform, at), mend };
    });
  return [...setUp, ...letIn, ...getTokens];
}

/** Whether what writes the secret of a function writes there that of the function's client. */
function readsItsOwn(platform: Platform, at: Placed): boolean {
  const secret = variableOfFunction(at, "CLIENT_SECRET_ARN");
  const rotations = at.stack.ofType(TYPE.secretRotation).filter((it) => it.text("secretId") === secret);
  return rotations.some((it) => {
    const rotates = findBy(platform, TYPE.function, "arn", it.text("rotationLambdaArn"));
    const client = clientOfSecret(rotates, secret);
    return client !== undefined && client === clientIdOf(at);
  });
}

function isTarget(platform: Platform, ruleArn: string | undefined, called: string | undefined): boolean {
  const rule = findBy(platform, RULE, "arn", ruleArn);
  const names = platform
    .ofType(TYPE.function)
    .filter(({ resource: it }) => [it.text("name"), outputOf(it, "arn")].includes(called))
    .map(({ resource }) => outputOf(resource, "arn"));
  const targets = rule?.stack.ofType(TARGET).filter((it) => it.text("rule") === rule.resource.text("name")) ?? [];
  return targets.some((it) => names.includes(it.text("arn") ?? ""));
}
