import { knowsNoResource, PASSED_TO } from "../../contracts/execution/needs.ts";
import { rolePathOf } from "../../contracts/execution/roles.ts";
import { allow, type Exception, type ExecutionScope } from "./execution-scope.ts";

/** Calls that IAM allows by the boundary that the role has, or gets. */
const BOUNDED = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"];

const ATTACHES = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"];

/** The policies of AWS that the roles of clusters and their nodes carry. */
const OF_CLUSTERS = [
  "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
  "arn:aws:iam::aws:policy/AmazonEKS*",
];

const PASSES = "iam:PassRole";
const LINKS = "iam:CreateServiceLinkedRole";

/** Roles by their path: those of the stack alone, made with a boundary, and passed on to services that its resources name. */
export const ROLES: Exception = {
  takes: (action) => action.startsWith("iam:") && !knowsNoResource(action),
  statements: (actions, scope) => {
    const own = rolesOf(scope);
    const bounded = { StringEquals: { "iam:PermissionsBoundary": scope.boundaries } };
    const services = [...new Set(Object.values(PASSED_TO))];
    const others = [...BOUNDED, ...ATTACHES, PASSES, LINKS];
    return [
      ...allow(among(actions, BOUNDED), own, bounded),
      ...allow(among(actions, ATTACHES), own, { ...bounded, ArnLike: { "iam:PolicyARN": OF_CLUSTERS } }),
      ...allow(among(actions, [PASSES]), own, { StringEquals: { "iam:PassedToService": services } }),
      ...allow(among(actions, [LINKS]), `arn:aws:iam::${scope.account}:role/aws-service-role/*`),
      ...allow(
        actions.filter((it) => !others.includes(it)),
        own,
      ),
    ];
  },
};

/** An environment's stack holds what decides who may do what: its role reads that, and an administrator changes it. */
function rolesOf({ account, address }: ExecutionScope): readonly string[] {
  const iam = `arn:aws:iam::${account}`;
  if (address.includes(".")) return [`${iam}:role${rolePathOf(address)}*`];
  return ["role/alicerce/*", "role/aws-service-role/*", "policy/alicerce/*", "oidc-provider/*"].map(
    (it) => `${iam}:${it}`,
  );
}

function among(actions: readonly string[], some: readonly string[]): readonly string[] {
  return actions.filter((it) => some.includes(it));
}
