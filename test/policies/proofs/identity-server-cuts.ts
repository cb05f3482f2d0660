import { withoutPrivateDns } from "./cut-edits.ts";
import { type Edit, set, withoutAction } from "./edits.ts";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** A Keycloak with another value of an option. */
export function option(name: string, value: string | undefined): Edit {
  return {
    type: STATEFUL_SET,
    name: "keycloak",
    change: (inputs) => {
      const { spec } = inputs as { spec: { template: { spec: { containers: [{ args: string[] }] } } } };
      const [container] = spec.template.spec.containers;
      const others = container.args.filter((it) => !it.startsWith(`--${name}=`));
      container.args = value === undefined ? others : [...others, `--${name}=${value}`];
    },
  };
}

/** By hop, what cuts the way from an IDE to its issuer. */
export const IDES_REACH_THEIR_ISSUER: Readonly<Record<string, Edit>> = {
  server: option("hostname", "https://identity.us-east-1.agents.example.com.evil.example"),
  service: {
    type: "kubernetes:core/v1:Service",
    name: /^keycloak/,
    change: set(["spec", "ports", "0", "targetPort"], "https"),
  },
  ingress: { type: NETWORK_POLICY, name: "keycloak-allow-load-balancers" },
  names: { type: NETWORK_POLICY, name: "keycloak-allow-dns" },
  credentials: { type: NETWORK_POLICY, name: "keycloak-allow-pod-identity" },
  exchange: withoutPrivateDns("eks-auth"),
  database: option("db-url", "jdbc:aws-wrapper:postgresql://db.example.com:5432/keycloak?sslmode=verify-full"),
  send: { type: NETWORK_POLICY, name: "keycloak-allow-database" },
  groups: {
    type: "kubernetes:eks.amazonaws.com/v1:NodeClass",
    name: "keycloak-nodes",
    change: set(["spec", "securityGroupSelectorTerms"], [{ id: "sg-1" }]),
  },
  association: { type: "aws:eks/podIdentityAssociation:PodIdentityAssociation", name: "keycloak" },
  identity: {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "keycloak-connects",
    change: withoutAction("policy", "rds-db:connect"),
  },
  boundary: { type: "aws:iam/policy:Policy", name: "boundary", change: withoutAction("policy", "rds-db:connect") },
  login: {
    type: "aws:rds/cluster:Cluster",
    name: "keycloak",
    change: set(["iamDatabaseAuthenticationEnabled"], false),
  },
};
