import * as aws from "@pulumi/aws";
import { rolePathOf } from "../../../contracts/execution/roles.ts";
import { policyOf } from "../programs.ts";
import { ACCOUNT, type Existing, REPLICA, type SensibleChange, STACK, STANDBY } from "./sensible-change.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const TAGS = { "alicerce:service": "database" };
const POSTGRES = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432 };

/** What shares the connections of a database among the functions and servers of its own service. */
export const PROXY: Readonly<Record<string, SensibleChange>> = {
  "an RDS Proxy stands between a database and its clients": {
    stack: "tenant",
    newTypes: [
      "aws:rds/proxy:Proxy",
      "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup",
      "aws:rds/proxyTarget:ProxyTarget",
    ],
    adds: (it) => {
      const proxy = new aws.rds.Proxy(
        "database",
        {
          engineFamily: "POSTGRESQL",
          requireTls: true,
          debugLogging: false,
          auths: [{ authScheme: "SECRETS", iamAuth: "REQUIRED", secretArn: secretOf(it).arn }],
          roleArn: roleOf(it).arn,
          vpcSecurityGroupIds: [groupOf(it).id],
          vpcSubnetIds: ["vpc-euw1-az1-private", "vpc-euw1-az2-private"].map((name) =>
            it.value("aws:ec2/subnet:Subnet", name, "id"),
          ),
          tags: TAGS,
        },
        it.aws,
      );
      const group = { dbProxyName: proxy.name, connectionPoolConfig: { maxConnectionsPercent: 80 } };
      const { name } = new aws.rds.ProxyDefaultTargetGroup("database", group, it.aws);
      const dbClusterIdentifier = it.value("aws:rds/cluster:Cluster", "database", "clusterIdentifier");
      new aws.rds.ProxyTarget(
        "database",
        { dbProxyName: proxy.name, targetGroupName: name, dbClusterIdentifier },
        it.aws,
      );
    },
  },
};

function secretOf(it: Existing): aws.secretsmanager.Secret {
  const kmsKeyId = it.value("aws:kms/key:Key", "key", "arn");
  const replicas = [{ region: STANDBY, kmsKeyId: it.value(...REPLICA) }];
  return new aws.secretsmanager.Secret(
    "database-proxy",
    { name: "xyz-gmbh-database-proxy", kmsKeyId, replicas },
    it.aws,
  );
}

function roleOf(it: Existing): aws.iam.Role {
  const secret = "arn:aws:secretsmanager:eu-west-1:222233334444:secret:xyz-gmbh-database-proxy-??????";
  const role = new aws.iam.Role(
    "database-proxy",
    {
      path: rolePathOf(STACK.tenant),
      permissionsBoundary: it.value("aws:iam/policy:Policy", "boundary", "arn"),
      assumeRolePolicy: policyOf({
        Effect: "Allow",
        Principal: { Service: "rds.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": ACCOUNT },
          ArnLike: { "aws:SourceArn": `arn:aws:rds:eu-west-1:${ACCOUNT}:db-proxy:*` },
        },
      }),
    },
    it.aws,
  );
  const reads = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret };
  const Condition = { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } };
  const key = it.value("aws:kms/key:Key", "key", "arn");
  const decrypts = { Effect: "Allow", Action: "kms:Decrypt", Resource: key, Condition };
  new aws.iam.RolePolicy("database-proxy", { role: role.name, policy: policyOf(reads, decrypts) }, it.aws);
  return role;
}

/** A group that the database's clients may reach, and that may reach the database. */
function groupOf(it: Existing): aws.ec2.SecurityGroup {
  const vpcId = it.value("aws:ec2/vpc:Vpc", "vpc", "id");
  const group = new aws.ec2.SecurityGroup(
    "database-proxy",
    { description: "The proxy of the database", vpcId },
    it.aws,
  );
  const [database, client] = ["database", "database-client"].map((name) => it.value(GROUP, name, "id")) as [
    string,
    string,
  ];
  const rule = (
    description: string,
    securityGroupId: aws.ec2.SecurityGroup["id"] | string,
    referencedSecurityGroupId: aws.ec2.SecurityGroup["id"] | string,
  ) => ({
    description,
    securityGroupId,
    referencedSecurityGroupId,
    ...POSTGRES,
  });
  new aws.vpc.SecurityGroupIngressRule("proxy-from-clients", rule("From clients", group.id, client), it.aws);
  new aws.vpc.SecurityGroupEgressRule("clients-to-proxy", rule("To the proxy", client, group.id), it.aws);
  new aws.vpc.SecurityGroupEgressRule("proxy-to-database", rule("To the database", group.id, database), it.aws);
  new aws.vpc.SecurityGroupIngressRule("database-from-proxy", rule("From the proxy", database, group.id), it.aws);
  return group;
}
