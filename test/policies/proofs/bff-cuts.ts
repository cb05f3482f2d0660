import {
  bounded,
  closed,
  GATEWAY,
  granted,
  GROUP,
  NETWORK_POLICY,
  ofAnotherAccount,
  SERVICE,
  TARGET,
  told,
  USER_POOL_CLIENT,
} from "./cut-edits.ts";
import { type Edit, set } from "./edits.ts";

const RECORD = "aws:route53/record:Record";
const RULE = "aws:lb/listenerRule:ListenerRule";
const BINDING = "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** For each hop from a host to a tool of a scenario, an edit that cuts it. */
export function toATool(scenario: "b2c" | "b2b"): Readonly<Record<string, Edit>> {
  const bff = `bff-${scenario}`;
  return {
    name: { type: RECORD, name: bff, change: set(["name"], `*.${scenario}.br.staging.agents.example.com`) },
    certificate: {
      type: "aws:acm/certificate:Certificate",
      name: "edge",
      change: set(["subjectAlternativeNames"], []),
    },
    rule: {
      type: RULE,
      name: bff,
      change: set(["conditions", "0", "hostHeader", "values"], ["another.example.com"]),
    },
    bound: { type: BINDING, name: bff, change: set(["spec", "serviceRef", "name"], "another") },
    service: { type: SERVICE, name: bff, change: set(["spec", "ports", "0", "targetPort"], "http") },
    leaves: { type: EGRESS_RULE, name: "bffs-8080" },
    enters: { type: INGRESS_RULE, name: "bffs-8080", change: set(["toPort"], 8079) },
    ingress: {
      type: NETWORK_POLICY,
      name: "namespace-allow-bffs",
      change: set(["spec", "ingress", "0", "from"], [{ ipBlock: { cidr: "10.32.96.0/22" } }]),
    },
    agents: told(bff, "AGENTS", JSON.stringify({ coordinator: "http://nobody:9000" })),
    send: closed("allow-bffs"),
    admitted: {
      type: NETWORK_POLICY,
      name: "namespace-allow-agents",
      change: set(
        ["spec", "ingress", "0", "from"],
        [{ podSelector: { matchLabels: { "alicerce.dev/kind": "agent" } } }],
      ),
    },
    scope: { type: USER_POOL_CLIENT, name: bff, change: set(["allowedOauthScopes"], ["openid"]) },
    believed: told("agent-coordinator", "BFF_ISSUER", "bff.another"),
    signs: granted(`${bff}-signs`, "kms:Sign"),
    gateway: { type: GATEWAY, name: `gateway-${scenario}` },
    tool: { type: TARGET, name: new RegExp(`^${scenario}-`) },
  };
}

/** For each hop from a BFF to its tables, an edit that cuts it. */
export const BFFS_REACH_THEIR_STORES: Readonly<Record<string, Edit>> = {
  tables: { type: "aws:dynamodb/table:Table", name: "bff-b2b-jobs" },
  address: told("bff-b2b", "AWS_ENDPOINT_URL_DYNAMODB", "https://dynamodb.eu-west-1.amazonaws.com"),
  send: closed("allow-private-endpoints"),
  endpoint: { type: GROUP, name: "endpoints", change: set(["ingress", "0", "cidrBlocks"], ["10.99.0.0/16"]) },
  "endpoint-policy": ofAnotherAccount("dynamodb-by-name"),
  identity: granted("bff-b2b-jobs", "dynamodb:PutItem"),
  boundary: bounded("dynamodb:PutItem"),
};
