import { TAG } from "../../../contracts/tags.ts";
import { type Edit, type Inputs, set, statementsIn, withoutAction } from "../proofs/edits.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const NAME_POLICY = "kubernetes:networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy";
const MANAGED_POLICY = "aws:iam/policy:Policy";

type Change = (inputs: Inputs) => void;

/** The region's part of the policies of the roles that deploy. */
const OF_REGION = /^execution-staging\.eu-west-1-\d$/;

/** Statements without what their conditions say of the keys. */
const withoutKeys = (key: RegExp): Change =>
  statementsIn("policy", (all) =>
    all.map((it) => {
      const kept = Object.entries((it["Condition"] ?? {}) as Record<string, object>).map(([operator, keys]) => {
        return [operator, Object.fromEntries(Object.entries(keys).filter(([name]) => !key.test(name)))] as const;
      });
      return { ...it, Condition: Object.fromEntries(kept.filter(([, keys]) => Object.keys(keys).length > 0)) };
    }),
  );

/** The variables of a Deployment's container after a change. */
const variables =
  (change: (all: Record<string, object>) => void): Change =>
  (inputs: Inputs) => {
    const { spec } = inputs as { spec: { template: { spec: { containers: [{ env: object[] }] } } } };
    const [container] = spec.template.spec.containers;
    const all = Object.fromEntries<object>(container.env.map((it) => [(it as { name: string }).name, it]));
    change(all);
    container.env = Object.values(all);
  };

/** Breaches that few rules and proofs find, each by a fact of its own. */
export const FINER: Readonly<Record<string, Edit>> = {
  "whoever deploys a region may change what is another stack's": {
    type: MANAGED_POLICY,
    name: OF_REGION,
    change: withoutKeys(/^aws:(?:Request|Resource)Tag/),
  },
  "whoever deploys a region may pass a role to any service": {
    type: MANAGED_POLICY,
    name: OF_REGION,
    change: withoutKeys(/^iam:PassedToService$/),
  },
  "nothing is denied to those who deploy": {
    type: MANAGED_POLICY,
    name: "execution-boundary",
    change: statementsIn("policy", (all) => all.filter((it) => it["Effect"] !== "Deny")),
  },
  "a boundary does not allow a client's secret to be rotated": {
    type: MANAGED_POLICY,
    name: "boundary",
    change: withoutAction("policy", "cognito-idp:AddUserPoolClientSecret"),
  },
  "a bucket takes objects under keys that a customer sends": {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "bff-b2b-uploads",
    change: statementsIn("policy", (all) => all.filter((it) => !JSON.stringify(it).includes("customer-algorithm"))),
  },
  "a VPC may not ask for the names of a private endpoint": {
    type: "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
    name: "name-firewall-allowed",
    change: (it) => {
      it["domains"] = (it["domains"] as string[]).filter((domain) => !domain.startsWith("sqs."));
    },
  },
  "an agent is not let out to the keys of its issuer": {
    type: NAME_POLICY,
    name: "agent-coordinator-hosts",
    change: set(["spec", "egress"], []),
  },
  "a BFF is not let out to the hosts of its webhooks": {
    type: NAME_POLICY,
    name: "bff-b2b-hosts",
    change: set(["spec", "egress"], []),
  },
  "pods are not let out to the DNS": {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "namespace-allow-dns",
    change: set(["spec", "egress"], []),
  },
  "a database admits a list of addresses": {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "keycloak",
    change: (it) => {
      it["ingress"] = [{ protocol: "tcp", fromPort: 5432, toPort: 5432, prefixListIds: ["pl-0123456789abcdef0"] }];
    },
  },
  "a database admits a group that is none of its stack's": {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name: "keycloak",
    change: set(["referencedSecurityGroupId"], "sg-0123456789abcdef0"),
  },
  "nobody may say events": {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: /-says$/,
    change: withoutAction("policy", "events:PutEvents"),
  },
  "two subnets are in one zone": {
    type: "aws:ec2/subnet:Subnet",
    name: "vpc-euw1-az3-private",
    change: set(["availabilityZoneId"], "euw1-az2"),
  },
  "a BFF keeps two things in one table": {
    type: DEPLOYMENT,
    name: "bff-b2c",
    change: variables((all) => {
      all["SESSIONS_TABLE"] = { ...all["IDEMPOTENCY_TABLE"], name: "SESSIONS_TABLE" };
    }),
  },
  "an agent is not told of the scope of agents": {
    type: DEPLOYMENT,
    name: "agent-coordinator",
    change: variables((all) => delete all["A2A_SCOPE"]),
  },
  "an older major does not say when it goes": {
    type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
    name: "mcp-database-v1",
    change: set(["tags", TAG.removeOn], undefined),
  },
};
