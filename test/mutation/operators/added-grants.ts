import type { Subject } from "../mutant.ts";
import { type Addition, document } from "./addition.ts";

const ALL = { Effect: "Allow", Action: "*", Resource: "*" };
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const EVERYWHERE = { cidrIpv4: "0.0.0.0/0", referencedSecurityGroupId: undefined };
const ALL_PORTS = { ipProtocol: "-1", fromPort: undefined, toPort: undefined };

const grant = (operator: string, action: string | readonly string[], resource: (of: Subject) => string): Addition => ({
  type: ROLE_POLICY,
  operator,
  inputs: (of) => ({ policy: document({ Effect: "Allow", Action: action, Resource: resource(of) }) }),
});
const there = (service: string, name: string) => (of: Subject) =>
  `arn:aws:${service}:${of.elsewhere.region}:${of.here.account}:${name.replace("TENANT", of.elsewhere.tenant)}`;
const abroad = (service: string, name: string) => (of: Subject) =>
  `arn:aws:${service}:${of.here.region}:${of.elsewhere.account}:${name}`;
const policy = (operator: string, spec: object): Addition => ({
  type: NETWORK_POLICY,
  operator,
  inputs: ({ here }) => ({ metadata: { name: "one-more", namespace: here.tenant }, spec }),
});

/** Grants and openings that nobody asked for. */
export const ADDED_GRANTS: readonly Addition[] = [
  { type: ROLE_POLICY, operator: "second grant of everything", inputs: () => ({ policy: document(ALL) }) },
  grant("second grant of all buckets", "s3:GetObject", () => "arn:aws:s3:::*"),
  grant(
    "second grant of secrets of another tenant",
    "secretsmanager:GetSecretValue",
    there("secretsmanager", "secret:alicerce/TENANT/api/orders-??????"),
  ),
  grant(
    "second grant of a key of another region",
    "kms:Decrypt",
    there("kms", "key/mrk-00000000000000000000000000000001"),
  ),
  grant("second grant of a table of another account", "dynamodb:GetItem", abroad("dynamodb", "table/records")),
  grant(
    "second grant of all runtimes",
    "bedrock-agentcore:InvokeAgentRuntime",
    ({ here }) => `arn:aws:bedrock-agentcore:${here.region}:${here.account}:runtime/*`,
  ),
  grant(
    "second grant of roles",
    ["iam:PassRole", "iam:CreateRole"],
    ({ here }) => `arn:aws:iam::${here.account}:role/*`,
  ),
  grant(
    "second grant of other roles' sessions",
    "sts:AssumeRole",
    ({ here }) => `arn:aws:iam::${here.account}:role/alicerce/deploy`,
  ),
  grant("second grant of all functions", "lambda:InvokeFunction", () => "*"),
  grant(
    "second grant of models elsewhere",
    "bedrock:InvokeModel",
    ({ elsewhere }) => `arn:aws:bedrock:${elsewhere.region}::foundation-model/amazon.nova-pro-v1:0`,
  ),
  policy("second policy that admits everybody", { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] }),
  policy("second policy that lets everything out", { podSelector: {}, policyTypes: ["Egress"], egress: [{}] }),
  policy("second policy that admits all namespaces", {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 9000, protocol: "TCP" }] }],
  }),
  policy("second policy that admits all addresses", {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 9000, protocol: "TCP" }] }],
  }),
  policy("second policy that lets out to the internet", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 443, protocol: "TCP" }] }],
  }),
  { type: INGRESS, operator: "second rule that admits the internet", inputs: () => EVERYWHERE },
  {
    type: INGRESS,
    operator: "second rule that admits all ports of the internet",
    inputs: () => ({ ...EVERYWHERE, ...ALL_PORTS }),
  },
  {
    type: INGRESS,
    operator: "second rule that admits the whole network",
    inputs: () => ({ ...EVERYWHERE, cidrIpv4: "10.0.0.0/8" }),
  },
  { type: EGRESS, operator: "second rule that lets out to the internet", inputs: () => EVERYWHERE },
  { type: EGRESS, operator: "second rule that lets everything out", inputs: () => ({ ...EVERYWHERE, ...ALL_PORTS }) },
];
