import { type Planted, STACKS, type Values } from "../environment.ts";

const { region, xyz, acme } = STACKS;
const POLICY = "kubernetes:networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy";
const POOL_HOST = "cognito-idp.eu-west-1.amazonaws.com";

/** A policy by name, as a plan has it. */
function policy(namespace: string, podSelector: Values, names: readonly string[]): Values {
  return {
    apiVersion: "networking.k8s.aws/v1alpha1",
    kind: "ApplicationNetworkPolicy",
    metadata: { name: "more-hosts", namespace },
    spec: {
      podSelector,
      policyTypes: ["Egress"],
      egress: [{ to: [{ domainNames: names }], ports: [{ protocol: "TCP", port: 443 }] }],
    },
  };
}

/** Other hosts in the policy of a workload. */
const hosts =
  (names: readonly string[]) =>
  (all: Values): void => {
    all["spec"].egress[0].to[0].domainNames = names;
  };

/** Ways by which data leaves pods for hosts on the internet that they are let out to by name. */
export const nameLeaks: readonly Planted[] = [
  {
    name: "every host",
    story: "An agent is let out to whatever its model asks for.",
    change: (it) => it.edit(xyz, "ApplicationNetworkPolicy", "agent-coordinator-hosts", hosts([POOL_HOST, "*"])),
  },
  {
    name: "every host of AWS",
    story: "A name with a wildcard lets an agent write to buckets and tables of any account by its own keys.",
    change: (it) => it.edit(xyz, "ApplicationNetworkPolicy", "agent-coordinator-hosts", hosts(["*.amazonaws.com"])),
  },
  {
    name: "a host of the attacker beside the pool's",
    story: "One more name in the list of the partners' BFF.",
    change: (it) => it.edit(xyz, "ApplicationNetworkPolicy", "bff-b2b-hosts", hosts([POOL_HOST, "hooks.evil.example"])),
  },
  {
    name: "a host that begins as the pool's",
    story: "A domain that anybody can register.",
    change: (it) => it.edit(xyz, "ApplicationNetworkPolicy", "bff-b2b-hosts", hosts([`${POOL_HOST}.evil.example`])),
  },
  {
    name: "the pool's host in another residency",
    story: "Tokens of people in the EU are asked for in the US.",
    change: (it) =>
      it.edit(xyz, "ApplicationNetworkPolicy", "bff-b2b-hosts", hosts(["cognito-idp.us-east-1.amazonaws.com"])),
  },
  {
    name: "every pod of the namespace",
    story: "A job that nobody looks at is let out with the agents.",
    change: (it) => it.add(xyz, POLICY, "more-hosts", policy("xyz-gmbh", {}, [POOL_HOST])),
  },
  {
    name: "the internet by its addresses in a policy by name",
    story: "A policy by name takes ranges of addresses as well.",
    change: (it) =>
      it.edit(xyz, "ApplicationNetworkPolicy", "bff-b2b-hosts", (all) => {
        all["spec"].egress[0].to = [{ ipBlock: { cidr: "0.0.0.0/0" } }];
      }),
  },
  {
    name: "everything on HTTPS",
    story: "Without a list of destinations a rule is about all of them.",
    change: (it) =>
      it.edit(xyz, "ApplicationNetworkPolicy", "bff-b2b-hosts", (all) => {
        delete all["spec"].egress[0].to;
      }),
  },
  {
    name: "callers let in by a policy by name",
    story: "The same object can open what comes in, past the rules on Kubernetes' own policies.",
    change: (it) =>
      it.edit(xyz, "ApplicationNetworkPolicy", "agent-coordinator-hosts", (all) => {
        all["spec"].policyTypes = ["Egress", "Ingress"];
        all["spec"].ingress = [{}];
      }),
  },
  {
    name: "a policy by name in another tenant's namespace",
    story: "acme-corp's stack lets pods of xyz-gmbh out.",
    change: (it) =>
      it.add(
        acme,
        POLICY,
        "more-hosts",
        policy("xyz-gmbh", { matchLabels: { "app.kubernetes.io/name": "coordinator" } }, [POOL_HOST]),
      ),
  },
  {
    name: "Keycloak let out to a host",
    story: "Whatever address a client registers, the identity server can fetch.",
    reaches: ["keycloak"],
    change: (it) => it.add(region, POLICY, "more-hosts", policy("keycloak", {}, ["hooks.evil.example"])),
  },
  {
    name: "a policy of the whole cluster",
    story: "A policy of the tier of administrators goes before every other one, and lets all pods out.",
    change: (it) =>
      it.add(region, "kubernetes:networking.k8s.aws/v1alpha1:ClusterNetworkPolicy", "all", {
        apiVersion: "networking.k8s.aws/v1alpha1",
        kind: "ClusterNetworkPolicy",
        metadata: { name: "all" },
        spec: {
          tier: "Admin",
          priority: 1,
          subject: { namespaces: {} },
          egress: [{ name: "all", action: "Accept", to: [{ networks: ["0.0.0.0/0"] }] }],
        },
      }),
  },
];
