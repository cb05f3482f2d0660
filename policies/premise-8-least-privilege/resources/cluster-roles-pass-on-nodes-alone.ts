import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { type Fault, rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import { addressOfPolicy, executionBoundaryNameOf } from "../../facts/execution/execution-roles.ts";
import { demands, isArnOfOwnAccount } from "../../facts/grants/account.ts";
import { boundaryNameOf, clusterBoundaryNameOf } from "../../facts/grants/boundary.ts";
import { isPattern } from "../../facts/grants/language/patterns.ts";
import { type Statement, statementsOf } from "../../facts/policy-document.ts";
import { allows, mayDeny } from "../../facts/reach/permission.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** Services of which clusters may do everything: none keeps data, secrets or permissions. */
const WHOLE = /^(?:autoscaling|ec2|elasticloadbalancing|shield|waf-regional|wafv2):\*$/i;

const PASSES = { "iam:passedtoservice": "ec2.amazonaws.com" };

/** What EKS Auto Mode and its nodes do of other services (Amazon EKS user guide, `auto-learn-iam`, and AWS's managed policies for it). */
const WORK: readonly (readonly [action: string, resource: string])[] = [
  ...["acm:DescribeCertificate", "acm:ListCertificates", "cognito-idp:DescribeUserPoolClient"].map(onAll),
  ...["ec2:CreateFleet", "ec2:CreateNetworkInterface", "elasticloadbalancing:CreateLoadBalancer"].map(onAll),
  ...["ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"].map(onAll),
  ...["eks-auth:AssumeRoleForPodIdentity", "iam:ListInstanceProfiles", "iam:ListServerCertificates"].map(onAll),
  ...["AddRoleTo", "Create", "Delete", "Get", "RemoveRoleFrom", "Tag"].map(
    (it) => [`iam:${it}InstanceProfile`, "arn:aws:iam::ACCOUNT:instance-profile/eks-x"] as const,
  ),
  ["iam:PassRole", "arn:aws:iam::ACCOUNT:role/alicerce/x-nodes-y"],
  ["iam:CreateServiceLinkedRole", "arn:aws:iam::ACCOUNT:role/aws-service-role/x"],
  ["iam:GetServerCertificate", "arn:aws:iam::ACCOUNT:server-certificate/x"],
  ...["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"].map((it) => [it, "arn:aws:kms:x:ACCOUNT:key/x"] as const),
];

export const clusterRolesPassOnNodesAlone = rule({
  premise: 8,
  id: "cluster-roles-pass-on-nodes-alone",
  severity: "critical",
  description:
    "The roles of a cluster and its nodes can do what EKS Auto Mode does, and pass on no role but that of nodes, whatever AWS's policies grant them.",
  remediation:
    "Name in the cluster boundary what EKS needs, each action of IAM and AWS KMS in full on ARNs of the account, and iam:PassRole for ec2.amazonaws.com.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.managedPolicy], where: (_, { address }) => address.layer === "environment" },
  judge: [
    (it, stack) =>
      [boundaryNameOf(stack), clusterBoundaryNameOf(stack), executionBoundaryNameOf(stack)].includes(pathOf(it)) ||
      addressOfPolicy(it) !== undefined
        ? undefined
        : `"${it.name}" must be one of the boundaries that roles of the environment name.`,
    (it, stack) =>
      !isOfClusters(it, stack) || every(statementsOf(it, "policy"), (one) => bounds(one, stack))
        ? undefined
        : `"${it.name}" must bound: actions of IAM by name on what is the account's own, iam:PassRole for nodes alone.`,
    (it, stack) => (isOfClusters(it, stack) ? lacking(it, stack) : undefined),
  ],
});

function onAll(action: string): readonly [string, string] {
  return [action, "*"];
}

function pathOf(it: ResourceView): string {
  return `${it.text("path") ?? "/"}${it.text("name") ?? ""}`;
}

function isOfClusters(it: ResourceView, stack: StackIndex): boolean {
  return pathOf(it) === clusterBoundaryNameOf(stack);
}

function bounds({ actions, allows: lets, conditions, isInverted, resources }: Statement, stack: StackIndex): boolean {
  if (!lets) return true;
  if (isInverted || !actions.every((it) => !isPattern(it) || WHOLE.test(it))) return false;
  const changes = actions.some((it) => /^iam:(?!List)|^kms:/i.test(it));
  if (changes && !(resources.length > 0 && resources.every((it) => isArnOfOwnAccount(it, stack)))) return false;
  const isOfNodes = (it: string): boolean => it === "ec2.amazonaws.com";
  return (
    !actions.some((it) => /^iam:PassRole$/i.test(it)) ||
    (demands(conditions, "iam:PassedToService", isOfNodes, ["StringEquals"]) &&
      resources.every((it) => /:role\/alicerce\/[^/]*-nodes-/.test(it)))
  );
}

function lacking(it: ResourceView, stack: StackIndex): readonly Fault[] {
  const statements = statementsOf(it, "policy");
  return WORK.map(([action, on]) => {
    const resource = on.replace("ACCOUNT", stack.address.environment.account);
    const call = { action, resource, context: PASSES };
    return allows(statements, call) && !mayDeny(statements, call)
      ? undefined
      : `"${it.name}" must allow ${action}, without which EKS Auto Mode does not work.`;
  });
}
