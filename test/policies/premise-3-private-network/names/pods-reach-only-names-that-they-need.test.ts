import { podsReachOnlyNamesThatTheyNeed } from "../../../../policies/premise-3-private-network/names/pods-reach-only-names-that-they-need.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { type Described, planOf } from "../../programs.ts";

const POOL_HOST = "cognito-idp.eu-west-1.amazonaws.com";
const DOMAIN_HOST = "xyz.auth.eu-west-1.amazoncognito.com";

const pool: Described = {
  type: "aws:cognito/userPool:UserPool",
  name: "pool",
  inputs: { region: "eu-west-1" },
  outputs: { id: "eu-west-1_a", endpoint: `${POOL_HOST}/eu-west-1_a` },
};
const domain: Described = {
  type: "aws:cognito/userPoolDomain:UserPoolDomain",
  name: "pool",
  inputs: { region: "eu-west-1", userPoolId: "eu-west-1_a", domain: "xyz" },
};
const client = (id: string, flow: string): Described => ({
  type: "aws:cognito/userPoolClient:UserPoolClient",
  name: id,
  inputs: { allowedOauthFlows: [flow] },
  outputs: { id },
});
const workload = (service: string, settings: Record<string, string>, kind = "bff"): Described => ({
  type: "kubernetes:apps/v1:Deployment",
  name: service,
  inputs: {
    metadata: { namespace: "xyz-gmbh", name: service, labels: { "alicerce.dev/kind": kind } },
    spec: {
      template: {
        metadata: { labels: { "app.kubernetes.io/name": service, "alicerce.dev/kind": kind } },
        spec: { containers: [{ env: Object.entries(settings).map(([name, value]) => ({ name, value })) }] },
      },
    },
  },
});
const ISSUER = `https://${POOL_HOST}/eu-west-1_a`;
const STACK = [
  pool,
  domain,
  client("people", "code"),
  client("machine", "client_credentials"),
  workload("bff-b2c", { ISSUER, CLIENT_ID: "people" }),
  workload("bff-b2b", { ISSUER, CLIENT_ID: "machine" }),
  workload("batch", { TENANT_ID: "xyz-gmbh" }),
];

/** The host to which the data of the environment lets the tenant's webhooks be sent. */
const HOOKS = "hooks.partner.example.com";
const QUEUE = { WEBHOOKS_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/webhooks" };
const SENDER = workload("sender", { ISSUER, ...QUEUE });

const HTTPS = [{ protocol: "TCP", port: 443 }];
const by = (service: string): object => ({ matchLabels: { "app.kubernetes.io/name": service } });
const to = (...domainNames: readonly string[]): object => ({ to: [{ domainNames }], ports: HTTPS });

const policy = (podSelector: object, egress: readonly object[], spec: object = {}): Described => ({
  type: "kubernetes:networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy",
  name: "hosts",
  inputs: {
    metadata: { namespace: "xyz-gmbh", name: "hosts" },
    spec: { podSelector, policyTypes: ["Egress"], egress, ...spec },
  },
});
const withPolicy = (podSelector: object, egress: readonly object[], spec?: object) =>
  planOf(...STACK, policy(podSelector, egress, spec));

const stray = (workloadName: string, host: string): string =>
  `"hosts" must not let "${workloadName}" out to "${host}", which it does not need.`;
const UNSELECTED = '"hosts" must select pods of the stack, by labels alone.';
const HTTPS_ALONE = '"hosts" must let pods out to names, by HTTPS alone.';
const EGRESS_ALONE = '"hosts" must speak of nothing but what leaves.';

testRule(podsReachOnlyNamesThatTheyNeed, {
  accepts: {
    "the host of the pool, for the keys of tokens": withPolicy(by("bff-b2b"), [to(POOL_HOST)]),
    "the domain of the pool, where people sign in": withPolicy(by("bff-b2c"), [to(POOL_HOST, DOMAIN_HOST)]),
    "the hosts of the tenant's webhooks, for the BFF that sends them": planOf(
      ...STACK,
      SENDER,
      policy(by("sender"), [to(POOL_HOST, HOOKS)]),
    ),
    "the host that all pods of a kind need": planOf(
      ...STACK.slice(0, -1),
      policy({ matchLabels: { "alicerce.dev/kind": "bff" } }, [to(POOL_HOST)]),
    ),
  },
  rejects: {
    "a webhook's host that the data does not have": [
      planOf(...STACK, SENDER, policy(by("sender"), [to(POOL_HOST, "hooks.partner.example.com.evil.example")])),
      stray("sender", "hooks.partner.example.com.evil.example"),
    ],
    "a webhook's host for a BFF that sends none": [withPolicy(by("bff-b2c"), [to(HOOKS)]), stray("bff-b2c", HOOKS)],
    "a webhook's host for an agent": [
      planOf(...STACK, workload("agent", { ISSUER, ...QUEUE }, "agent"), policy(by("agent"), [to(HOOKS)])),
      stray("agent", HOOKS),
    ],
    "every name": [withPolicy(by("bff-b2b"), [to("*")]), stray("bff-b2b", "*")],
    "every name of the service": [
      withPolicy(by("bff-b2b"), [to("*.amazonaws.com")]),
      stray("bff-b2b", "*.amazonaws.com"),
    ],
    "the domain of every customer's pool": [
      withPolicy(by("bff-b2c"), [to("*.auth.eu-west-1.amazoncognito.com")]),
      stray("bff-b2c", "*.auth.eu-west-1.amazoncognito.com"),
    ],
    "a host of somebody else": [
      withPolicy(by("bff-b2b"), [to(POOL_HOST, "evil.example")]),
      stray("bff-b2b", "evil.example"),
    ],
    "the pool's host in another region": [
      withPolicy(by("bff-b2b"), [to("cognito-idp.us-east-1.amazonaws.com")]),
      stray("bff-b2b", "cognito-idp.us-east-1.amazonaws.com"),
    ],
    "the pool's host, spelt with a dot after it": [
      withPolicy(by("bff-b2b"), [to(`${POOL_HOST}.`)]),
      stray("bff-b2b", `${POOL_HOST}.`),
    ],
    "the pool's domain for pods in which nobody signs in": [
      withPolicy(by("bff-b2b"), [to(POOL_HOST, DOMAIN_HOST)]),
      stray("bff-b2b", DOMAIN_HOST),
    ],
    "a host for pods that believe nobody": [withPolicy(by("batch"), [to(POOL_HOST)]), stray("batch", POOL_HOST)],
    "every pod": [withPolicy({}, [to(POOL_HOST)]), UNSELECTED],
    "pods that are not there": [withPolicy(by("another"), [to(POOL_HOST)]), UNSELECTED],
    "pods by an expression": [
      withPolicy({ matchExpressions: [{ key: "app.kubernetes.io/name", operator: "Exists" }] }, [to(POOL_HOST)]),
      UNSELECTED,
    ],
    "another port": [
      withPolicy(by("bff-b2b"), [{ to: [{ domainNames: [POOL_HOST] }], ports: [{ protocol: "TCP", port: 22 }] }]),
      HTTPS_ALONE,
    ],
    "a range of ports": [
      withPolicy(by("bff-b2b"), [{ to: [{ domainNames: [POOL_HOST] }], ports: [{ port: 443, endPort: 9000 }] }]),
      HTTPS_ALONE,
    ],
    "every port": [withPolicy(by("bff-b2b"), [{ to: [{ domainNames: [POOL_HOST] }] }]), HTTPS_ALONE],
    UDP: [
      withPolicy(by("bff-b2b"), [{ to: [{ domainNames: [POOL_HOST] }], ports: [{ protocol: "UDP", port: 443 }] }]),
      HTTPS_ALONE,
    ],
    "every destination": [withPolicy(by("bff-b2b"), [{ ports: HTTPS }]), HTTPS_ALONE],
    "the internet by its addresses": [
      withPolicy(by("bff-b2b"), [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: HTTPS }]),
      HTTPS_ALONE,
    ],
    "name servers of somebody else": [
      withPolicy(by("bff-b2b"), [{ to: [{ ipBlock: { cidr: "8.8.8.8/32" } }], ports: [{ port: 53 }] }, to(POOL_HOST)]),
      HTTPS_ALONE,
    ],
    "pods beside a name": [
      withPolicy(by("bff-b2b"), [{ to: [{ domainNames: [POOL_HOST] }, { podSelector: {} }], ports: HTTPS }]),
      HTTPS_ALONE,
    ],
    "what comes in": [
      withPolicy(by("bff-b2b"), [to(POOL_HOST)], { policyTypes: ["Egress", "Ingress"], ingress: [{}] }),
      EGRESS_ALONE,
    ],
    "what comes in, by default": [withPolicy(by("bff-b2b"), [to(POOL_HOST)], { policyTypes: [] }), EGRESS_ALONE],
    "the name of another policy of the namespace": [
      planOf(...STACK, policy(by("bff-b2b"), [to(POOL_HOST)]), {
        type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        name: "another",
        inputs: { metadata: { namespace: "xyz-gmbh", name: "hosts" } },
      }),
      '"hosts" must have a name that no other network policy of its namespace has.',
    ],
  },
});
