import * as aws from "@pulumi/aws";
import { LABEL, TAG } from "../../../contracts/tags.ts";
import { databasesAdmitOnlyTheirServer } from "../../../policies/premise-3-private-network/databases-admit-only-their-server.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf } from "../data-programs.ts";
import type { Plan } from "../../../plan/model.ts";
import { type Described, planOf, roleFor, runtimeOf, served, urnOf } from "../programs.ts";

const PORT = { fromPort: 5432, toPort: 5432 };

interface Told {
  /** Services of the workloads in the group of the clients. */
  readonly clients?: readonly (string | undefined)[];
  readonly inbound?: Partial<aws.vpc.SecurityGroupIngressRuleArgs>;
  readonly ingress?: aws.types.input.ec2.SecurityGroupIngress[];
  readonly database?: Partial<aws.rds.ClusterArgs>;
}

/** A database, the group that it admits, and what is in that. */
function database({ clients = ["database"], inbound, ingress, database: args }: Told = {}): void {
  const opts = served();
  const vpcId = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, opts).id;
  const inner = new aws.ec2.SecurityGroup("inner", { vpcId, ...(ingress && { ingress }) }, opts);
  const client = new aws.ec2.SecurityGroup("client", { vpcId }, opts);
  new aws.vpc.SecurityGroupIngressRule(
    "inbound",
    {
      ...PORT,
      ipProtocol: "tcp",
      securityGroupId: inner.id,
      ...(inbound ?? { referencedSecurityGroupId: client.id }),
    },
    opts,
  );
  new aws.vpc.SecurityGroupEgressRule(
    "outbound",
    { ...PORT, ipProtocol: "tcp", securityGroupId: client.id, referencedSecurityGroupId: inner.id },
    opts,
  );
  databaseOf(opts, { args: { vpcSecurityGroupIds: [inner.id], ...args } });
  const networkConfiguration = {
    networkMode: "VPC",
    networkModeConfig: { subnets: ["subnet-00000001"], securityGroups: [client.id] },
  };
  clients.forEach((service, i) =>
    runtimeOf(`client-${i}`, opts, {
      networkConfiguration,
      tags: service === undefined ? {} : { [TAG.service]: service },
    }),
  );
}

/** A function in the group of the clients. */
function withFunction(service: string, also: Partial<aws.types.input.ec2.SecurityGroupIngress> = {}): void {
  const opts = served();
  const vpcId = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, opts).id;
  const client = new aws.ec2.SecurityGroup("client", { vpcId }, opts);
  const ingress = [{ ...PORT, protocol: "tcp", securityGroups: [client.id], ...also }];
  const inner = new aws.ec2.SecurityGroup("inner", { vpcId, ingress }, opts);
  databaseOf(opts, { args: { vpcSecurityGroupIds: [inner.id] } });
  const vpcConfig = { subnetIds: ["subnet-00000001"], securityGroupIds: [client.id] };
  const role = roleFor("worker", opts).arn;
  new aws.lambda.Function("setup", { role, vpcConfig, tags: { [TAG.service]: service } }, opts);
}

/** A proxy between the clients and the database; its own group admits the clients. */
function withProxy(tags: Record<string, string>): Plan {
  const by = (id: string): Record<string, unknown> => ({
    ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [id] }],
  });
  const client = groupOf("client", "sg-client");
  const middle = groupOf("middle", "sg-middle", by("sg-client"));
  const inner = groupOf("inner", "sg-1", by("sg-middle"));
  const proxy = {
    type: "aws:rds/proxy:Proxy",
    name: "proxy",
    inputs: { vpcSecurityGroupIds: ["sg-middle"], tags },
    propertyDependencies: { vpcSecurityGroupIds: [urnOf(middle.type, middle.name)] },
  };
  return planOf(client, middle, inner, proxy, instanceIn("sg-1"));
}

function groupOf(name: string, id: string, inputs: Record<string, unknown> = {}): Described {
  return { type: "aws:ec2/securityGroup:SecurityGroup", name, inputs, outputs: { id } };
}

const GROUP = groupOf("inner", "sg-1");

/** An instance in a group, which comes from the stack's group by its dependencies whatever it is. */
function instanceIn(id: string): Described {
  return {
    type: "aws:rds/instance:Instance",
    name: "database",
    inputs: { vpcSecurityGroupIds: [id], tags: { [TAG.service]: "database" } },
    propertyDependencies: { vpcSecurityGroupIds: [urnOf(GROUP.type, GROUP.name)] },
  };
}

/** Nodes in the group of the clients, whose pools have these taints. */
function withNodes(...pools: readonly (object | undefined)[]): Plan {
  const ingress = [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: ["sg-client"] }];
  const nodeClass = {
    type: "kubernetes:eks.amazonaws.com/v1:NodeClass",
    name: "nodes",
    inputs: { metadata: { name: "nodes" }, spec: { securityGroupSelectorTerms: [{ id: "sg-client" }] } },
  };
  const poolOf = (taint: object | undefined, i: number) => ({
    type: "kubernetes:karpenter.sh/v1:NodePool",
    name: `pool-${i}`,
    inputs: {
      metadata: { name: `pool-${i}` },
      spec: { template: { spec: { nodeClassRef: { name: "nodes" }, ...(taint && { taints: [taint] }) } } },
    },
  });
  return planOf(
    groupOf("client", "sg-client"),
    groupOf("inner", "sg-1", { ingress }),
    nodeClass,
    ...pools.map(poolOf),
    instanceIn("sg-1"),
  );
}

const TAINT = { key: LABEL.service, value: "database", effect: "NoSchedule" };

const SERVICE = '"database" must admit only workloads of its own service.';
const OWN = '"database" must be in security groups of its own stack only.';
const ADDRESS = '"database" must admit security groups only, and no addresses.';

testRule(databasesAdmitOnlyTheirServer, {
  accepts: {
    "one that admits its server": () => database(),
    "one that admits nobody": () => database({ clients: [] }),
    "one that admits a function of its service": () => withFunction("database"),
    "one whose group says what it does not admit": () =>
      withFunction("database", { self: false, cidrBlocks: [], ipv6CidrBlocks: [], prefixListIds: [] }),
    "one behind a proxy of its service": withProxy({ [TAG.service]: "database" }),
    "nodes on which nothing else may run": withNodes(TAINT, { ...TAINT, effect: "NoExecute" }),
    "an instance that admits nobody": planOf(GROUP, instanceIn("sg-1")),
  },
  rejects: {
    "a workload of another service": [() => database({ clients: ["database", "files"] }), SERVICE],
    "a workload that does not say of which service it is": [() => database({ clients: [undefined] }), SERVICE],
    "nodes on which anything may run": [withNodes(undefined), SERVICE],
    "nodes of two pools, on one of which anything may run": [withNodes(TAINT, undefined), SERVICE],
    "nodes of another service": [withNodes({ ...TAINT, value: "files" }), SERVICE],
    "nodes that other pods only avoid": [withNodes({ ...TAINT, effect: "PreferNoSchedule" }), SERVICE],
    "a function of another service": [() => withFunction("files"), SERVICE],
    "a database that does not say for which service it is": [() => database({ database: { tags: {} } }), SERVICE],
    "an instance in a security group that is none of the stack's": [planOf(GROUP, instanceIn("sg-2")), OWN],
    "a client's group that is none of the stack's": [
      planOf(groupOf("inner", "sg-1", { ingress: [{ securityGroups: ["sg-client"] }] }), instanceIn("sg-1")),
      SERVICE,
    ],
    "a workload that names the clients' group by its id": [
      planOf(
        groupOf("client", "sg-client"),
        groupOf("inner", "sg-1", { ingress: [{ securityGroups: ["sg-client"] }] }),
        {
          type: "aws:lambda/function:Function",
          name: "files",
          inputs: { vpcConfig: { securityGroupIds: ["sg-client"] }, tags: { [TAG.service]: "files" } },
        },
        instanceIn("sg-1"),
      ),
      SERVICE,
    ],
    "a proxy of another service": [withProxy({ [TAG.service]: "files" }), SERVICE],
    "everything in its own group": [() => withFunction("database", { self: true }), ADDRESS],
    "a range of addresses": [() => database({ inbound: { cidrIpv4: "10.0.0.0/16" } }), ADDRESS],
    "a list of addresses": [() => database({ inbound: { prefixListId: "pl-00000000000000001" } }), ADDRESS],
    "addresses in the group itself": [
      () => database({ ingress: [{ ...PORT, protocol: "tcp", cidrBlocks: ["10.0.0.0/16"] }] }),
      ADDRESS,
    ],
    "a database in the network's default group": [
      () => database({ database: { vpcSecurityGroupIds: [] } }),
      '"database" must name the security groups it is in.',
    ],
  },
});
