import { loadBalancersAreGuarded } from "../../../policies/premise-3-private-network/load-balancers-are-guarded.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { type Described, planOf } from "../programs.ts";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/edge/0123456789abcdef";
const WEB_ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/alicerce-identity/0123";
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";
const REDIRECT = [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }];

interface Edge {
  readonly balancer?: Record<string, unknown>;
  readonly listener?: Record<string, unknown>;
  readonly guarded?: boolean;
  readonly webAcl?: string;
  /** The group that the runtimes' group admits. */
  readonly admitted?: string;
}

/** A load balancer that faces the internet, its listener, its web ACL and a runtime beside it. */
function edge({
  balancer = {},
  listener = {},
  guarded = true,
  webAcl = WEB_ACL,
  admitted = "sg-other",
}: Edge = {}): Plan {
  return planOf(
    groupOf("edge", "sg-edge"),
    groupOf("runtime", "sg-runtime", { ingress: [{ securityGroups: [admitted] }] }),
    {
      type: "aws:lb/loadBalancer:LoadBalancer",
      name: "balancer",
      inputs: {
        internal: false,
        loadBalancerType: "application",
        dropInvalidHeaderFields: true,
        securityGroups: ["sg-edge"],
        ...balancer,
      },
      outputs: { arn: ARN },
    },
    {
      type: "aws:lb/listener:Listener",
      name: "listener",
      inputs: { loadBalancerArn: ARN, port: 443, protocol: "HTTPS", sslPolicy: TLS_POLICY, ...listener },
    },
    {
      type: "aws:wafv2/webAclAssociation:WebAclAssociation",
      name: "acl",
      inputs: { resourceArn: guarded ? ARN : "", webAclArn: webAcl },
    },
    {
      type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
      name: "database",
      inputs: { networkConfiguration: { networkModeConfig: { securityGroups: ["sg-runtime"] } } },
    },
  );
}

function groupOf(name: string, id: string, inputs: Record<string, unknown> = {}): Described {
  return { type: "aws:ec2/securityGroup:SecurityGroup", name, inputs, outputs: { id } };
}

const KIND = '"balancer" must be an application load balancer, or be internal.';
const ACL = '"balancer" must be guarded by a web ACL of its region.';
const LISTENERS = '"balancer" must listen by HTTPS with TLS 1.2 or later, and send plain HTTP there.';
const HEADERS = '"balancer" must drop headers that are invalid, and requests that are ambiguous.';
const WAY = '"balancer" must be in security groups of its own stack that no runtime and no database admits.';

testRule(loadBalancersAreGuarded, {
  accepts: {
    "HTTPS behind a web ACL, with no way to a runtime": edge(),
    "plain HTTP that is sent to HTTPS": edge({
      listener: { protocol: "HTTP", sslPolicy: undefined, defaultActions: REDIRECT },
    }),
  },
  rejects: {
    "a load balancer of connections": [edge({ balancer: { loadBalancerType: "network" } }), KIND],
    "a load balancer of the first generation": [
      planOf({ type: "aws:elb/loadBalancer:LoadBalancer", name: "balancer", inputs: {} }),
      KIND,
      ACL,
    ],
    "a load balancer that does not say where it is": [edge({ balancer: { internal: undefined }, guarded: false }), ACL],
    "no web ACL": [edge({ guarded: false }), ACL],
    "a web ACL of another region": [edge({ webAcl: WEB_ACL.replace("eu-west-1", "us-east-1") }), ACL],
    "a web ACL of the edge": [
      edge({ webAcl: WEB_ACL.replace("eu-west-1", "us-east-1").replace("regional", "global") }),
      ACL,
    ],
    "plain HTTP": [edge({ listener: { protocol: "HTTP", defaultActions: [{ type: "forward" }] } }), LISTENERS],
    "plain TCP": [edge({ listener: { protocol: "TCP" } }), LISTENERS],
    "versions of TLS that are broken": [edge({ listener: { sslPolicy: "ELBSecurityPolicy-2016-08" } }), LISTENERS],
    "versions of TLS that are broken, in a newer policy": [
      edge({ listener: { sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" } }),
      LISTENERS,
    ],
    "the versions of TLS that AWS chooses": [edge({ listener: { sslPolicy: undefined } }), LISTENERS],
    "headers that are invalid": [edge({ balancer: { dropInvalidHeaderFields: false } }), HEADERS],
    "requests that are ambiguous": [edge({ balancer: { desyncMitigationMode: "monitor" } }), HEADERS],
    "a runtime that admits it": [edge({ admitted: "sg-edge" }), WAY],
    "a security group that is none of the stack's": [edge({ balancer: { securityGroups: ["sg-runtime-2"] } }), WAY],
    "a runtime's own group": [edge({ balancer: { securityGroups: ["sg-runtime"] } }), WAY],
  },
  ignores: { "an internal load balancer": edge({ balancer: { internal: true }, guarded: false }) },
});
