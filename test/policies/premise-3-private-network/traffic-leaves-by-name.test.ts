import { trafficLeavesByName } from "../../../policies/premise-3-private-network/traffic-leaves-by-name.ts";
import { testRule } from "../../support/rule-tester.ts";
import { type Described, planOf, urnOf } from "../programs.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";

const HTTPS = { protocol: "tcp", fromPort: 443, toPort: 443 };
const PORTS = '"server" must name the port on which traffic leaves.';
const OUTSIDE = '"server" must not let traffic out to addresses that are not private.';

const group = (...egress: readonly object[]): Described => ({
  type: GROUP,
  name: "server",
  inputs: { egress },
  outputs: { id: "sg-1" },
});
const runtime = (environmentVariables: Record<string, string>): Described => ({
  type: RUNTIME,
  name: "server",
  inputs: { environmentVariables, networkConfiguration: { networkModeConfig: { securityGroups: ["sg-1"] } } },
  propertyDependencies: { networkConfiguration: [urnOf(GROUP, "server")] },
});
const policy = (...egress: readonly object[]): Described => ({
  type: POLICY,
  name: "server",
  inputs: { spec: { egress } },
});
const port = { port: 443, protocol: "TCP" };

testRule(trafficLeavesByName, {
  accepts: {
    "HTTPS to the network": planOf(group({ ...HTTPS, cidrBlocks: ["10.2.0.0/16"] })),
    "HTTPS to a prefix list": planOf(group({ ...HTTPS, prefixListIds: ["pl-1"] })),
    "HTTPS to the internet from a server that calls APIs there": planOf(
      group({ ...HTTPS, cidrBlocks: ["0.0.0.0/0"] }),
      runtime({ BACKENDS: '{"orders":{"baseUrl":"https://orders.example.com"}}' }),
    ),
    "a rule to another group": planOf({
      type: EGRESS,
      name: "server",
      inputs: { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: "sg-2" },
    }),
    "a policy to a private range, to pods and to the agent of Pod Identity": planOf(
      policy(
        {
          ports: [port],
          to: [{ ipBlock: { cidr: "10.2.0.0/16" } }, { podSelector: { matchLabels: { kind: "agent" } } }],
        },
        { ports: [{ port: 80, protocol: "TCP" }], to: [{ ipBlock: { cidr: "169.254.170.23/32" } }] },
      ),
    ),
    "a group that lets nothing out": planOf(group()),
  },
  rejects: {
    "the internet from a server that calls nothing there": [
      planOf(group({ ...HTTPS, cidrBlocks: ["10.2.0.0/16", "0.0.0.0/0"] }), runtime({ TENANT_ID: "xyz-gmbh" })),
      OUTSIDE,
    ],
    "the internet from a group that nothing is in": [planOf(group({ ...HTTPS, cidrBlocks: ["0.0.0.0/0"] })), OUTSIDE],
    "another port of the internet": [
      planOf(
        group({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
        runtime({ BACKENDS: "https://orders.example.com" }),
      ),
      OUTSIDE,
    ],
    "the internet by IPv6": [planOf(group({ ...HTTPS, ipv6CidrBlocks: ["::/0"] })), OUTSIDE],
    "all ports": [planOf(group({ ...HTTPS, fromPort: 0, toPort: 65_535, cidrBlocks: ["10.2.0.0/16"] })), PORTS],
    "all protocols": [planOf(group({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.2.0.0/16"] })), PORTS],
    "a rule without ports": [
      planOf({ type: EGRESS, name: "server", inputs: { ipProtocol: "-1", referencedSecurityGroupId: "sg-2" } }),
      PORTS,
    ],
    "a policy that lets everything out": [planOf(policy({})), PORTS, OUTSIDE],
    "a policy to the internet": [planOf(policy({ ports: [port], to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] })), OUTSIDE],
    "a policy to every pod": [planOf(policy({ ports: [port], to: [{ podSelector: {} }] })), OUTSIDE],
    "a policy on a protocol without a port": [
      planOf(policy({ ports: [{ protocol: "TCP" }], to: [{ ipBlock: { cidr: "10.2.0.0/16" } }] })),
      PORTS,
    ],
  },
});
