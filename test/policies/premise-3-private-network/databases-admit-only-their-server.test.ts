import * as aws from "@pulumi/aws";
import { TAG } from "../../../contracts/tags.ts";
import { databasesAdmitOnlyTheirServer } from "../../../policies/premise-3-private-network/databases-admit-only-their-server.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf } from "../data-programs.ts";
import { roleFor, runtimeOf, served } from "../programs.ts";

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
function withFunction(service: string): void {
  const opts = served();
  const vpcId = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, opts).id;
  const client = new aws.ec2.SecurityGroup("client", { vpcId }, opts);
  const ingress = [{ ...PORT, protocol: "tcp", securityGroups: [client.id] }];
  const inner = new aws.ec2.SecurityGroup("inner", { vpcId, ingress }, opts);
  databaseOf(opts, { args: { vpcSecurityGroupIds: [inner.id] } });
  const vpcConfig = { subnetIds: ["subnet-00000001"], securityGroupIds: [client.id] };
  const role = roleFor("worker", opts).arn;
  new aws.lambda.Function("setup", { role, vpcConfig, tags: { [TAG.service]: service } }, opts);
}

const SERVICE = '"database" must admit only workloads of its own service.';
const ADDRESS = '"database" must admit security groups only, and no addresses.';

testRule(databasesAdmitOnlyTheirServer, {
  accepts: {
    "one that admits its server": () => database(),
    "one that admits nobody": () => database({ clients: [] }),
    "one that admits a function of its service": () => withFunction("database"),
  },
  rejects: {
    "a workload of another service": [() => database({ clients: ["database", "files"] }), SERVICE],
    "a workload that does not say of which service it is": [() => database({ clients: [undefined] }), SERVICE],
    "a function of another service": [() => withFunction("files"), SERVICE],
    "a database that does not say for which service it is": [() => database({ database: { tags: {} } }), SERVICE],
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
