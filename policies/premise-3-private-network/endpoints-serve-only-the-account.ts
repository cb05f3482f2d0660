import { CONTROL } from "../engine/frameworks.ts";
import { isArnOfOwnAccount, isBoundToAccount } from "../facts/grants/account.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import type { Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, unlessUnknown } from "../engine/three-values.ts";

const POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

/** The bucket from which Amazon ECR hands out image layers by signed URL (Amazon ECR user guide, `vpc-endpoints`). */
const LAYERS = /^arn:aws:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/;

export const endpointsServeOnlyTheAccount = rule({
  premise: 3,
  id: "endpoints-serve-only-the-account",
  severity: "high",
  description:
    "An endpoint lets through requests of the own account, or to resources of it: nobody takes data out with the credentials of another account.",
  remediation:
    "Give it a policy that demands aws:PrincipalAccount or aws:ResourceAccount of the account, or that names its resources.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.vpcEndpoint, POLICY], where: takesPolicy },
  judge: [
    (it, stack) =>
      it.has("policy") || hasPolicyOfItsOwn(it, stack)
        ? undefined
        : absent(`"${it.name}" must have a policy: without one it lets everybody do everything.`),
    (it, stack) =>
      every(grantsOf(it, "endpoint"), (statement) => isBounded(statement, stack))
        ? undefined
        : `"${it.name}" must let through only what is of its own account.`,
  ],
});

/** Endpoints of load balancers, and of services that are not of AWS, take no policy. */
function takesPolicy(it: ResourceView): boolean {
  return it.type === POLICY || (!isForeignService(it) && it.text("vpcEndpointType") !== "GatewayLoadBalancer");
}

function isForeignService(it: ResourceView): boolean {
  return (it.text("serviceName") ?? "").startsWith("com.amazonaws.vpce.");
}

function hasPolicyOfItsOwn(it: ResourceView, stack: StackIndex): boolean {
  return stack.ofType(POLICY).some((policy) =>
    unlessUnknown(
      () => policy.text("vpcEndpointId") === it.resource.outputs?.["id"],
      () => stack.linked(policy, "vpcEndpointId").includes(it),
    ),
  );
}

function isBounded(statement: Statement, stack: StackIndex): boolean {
  const { conditions, isInverted, principals, resources } = statement;
  if (isBoundToAccount(conditions, stack)) return true;
  if (isInverted) return false;
  const isOfOwn =
    principals.length > 0 && principals.every(({ kind, id }) => kind === "AWS" && isArnOfOwnAccount(id, stack));
  return (
    isOfOwn ||
    (resources.length > 0 && resources.every((it) => isArnOfOwnAccount(it, stack) || isLayers(it, statement)))
  );
}

function isLayers(resource: string, { actions }: Statement): boolean {
  return LAYERS.test(resource) && actions.every((it) => it === "s3:GetObject");
}
