import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { DatabaseSetup } from "../../../components/data/database-setup.ts";
import { TenantDatabase } from "../../../components/data/tenant-database.ts";
import { serviceRole, trustService } from "../../../components/identity/service-role.ts";
import { planned, statements } from "../planned.ts";
import { testTenant, network } from "../tenant-programs.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const FUNCTION = "aws:lambda/function:Function";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const CODE = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export {};") });

const plan = (standby = true) =>
  planned((opts: pulumi.ComponentResourceOptions) => {
    const context = testTenant(opts);
    const args = { ...context, network: network(context, opts), service: "database" };
    const database = new TenantDatabase("database", { ...args, standby }, opts);
    const setup = new DatabaseSetup("setup", { ...args, database, code: CODE, codeDigest: "digest" }, opts);
    const role = serviceRole(
      "server",
      { place: context.place, description: "", trust: trustService("x") },
      { parent: setup },
    );
    database.grantConnect("connects", role, "mcp_database");
    setup.grantKeys("keys", role);
  });

describe("TenantDatabase", () => {
  it("scales to zero, under the tenant's key, without a password that anybody knows", async () => {
    const it = await plan();
    const cluster = it.one(CLUSTER, "database");
    expect(cluster.inputs).toMatchObject({
      engine: "aurora-postgresql",
      clusterIdentifier: "alicerce-xyz-gmbh",
      serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 8 },
      storageEncrypted: true,
      iamDatabaseAuthenticationEnabled: true,
      manageMasterUserPassword: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      copyTagsToSnapshot: true,
      backupRetentionPeriod: 35,
      tags: { "alicerce:service": "database" },
    });
    const key = it.one("aws:kms/key:Key", "key").urn;
    expect(cluster.propertyDependencies?.["kmsKeyId"]).toEqual([key]);
    expect(cluster.propertyDependencies?.["masterUserSecretKmsKeyId"]).toEqual([key]);
    expect(cluster.inputs).not.toHaveProperty("masterPassword");
  });

  it("has a standby in another zone only where somebody waits for it", async () => {
    const type = "aws:rds/clusterInstance:ClusterInstance";
    expect((await plan()).names(type)).toEqual(["database-a", "database-b"]);
    const alone = await plan(false);
    expect(alone.names(type)).toEqual(["database-a"]);
    expect(alone.inputs(type, "database-a")).toMatchObject({
      instanceClass: "db.serverless",
      publiclyAccessible: false,
    });
  });

  it("speaks TLS only, and writes no statement and no value into its log, which is under the key too", async () => {
    const it = await plan();
    const { parameters } = it.inputs("aws:rds/clusterParameterGroup:ClusterParameterGroup", "database");
    expect(Object.fromEntries((parameters as { name: string; value: string }[]).map((p) => [p.name, p.value]))).toEqual(
      {
        "rds.force_ssl": "1",
        log_statement: "none",
        log_min_duration_statement: "-1",
        log_min_messages: "fatal",
        log_min_error_statement: "panic",
        log_error_verbosity: "terse",
        temp_file_limit: "1048576",
      },
    );
    const log = it.one("aws:cloudwatch/logGroup:LogGroup", "database");
    expect(log.inputs["name"]).toBe("/aws/rds/cluster/alicerce-xyz-gmbh/postgresql");
    expect(it.one(CLUSTER, "database").dependencies).toContain(log.urn);
  });

  it("admits one security group and no address, in private subnets", async () => {
    const it = await plan();
    const rule = it.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "database");
    expect(rule.inputs).toMatchObject({ ipProtocol: "tcp", fromPort: 5432, toPort: 5432 });
    expect(rule.inputs).not.toHaveProperty("cidrIpv4");
    expect(rule.propertyDependencies?.["securityGroupId"]).toEqual([it.one(GROUP, "database").urn]);
    expect(rule.propertyDependencies?.["referencedSecurityGroupId"]).toEqual([it.one(GROUP, "database-client").urn]);
    expect(it.names("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).toEqual(["database"]);
    const subnets = it.one("aws:rds/subnetGroup:SubnetGroup", "database").propertyDependencies?.["subnetIds"];
    expect(subnets).toEqual(expect.arrayContaining([it.one("aws:ec2/subnet:Subnet", "vpc-euw1-az1-private").urn]));
  });

  it("lets a role log in as one user of this cluster", async () => {
    const granted = statements((await plan()).inputs(POLICY, "connects")["policy"]);
    expect(granted).toEqual([
      {
        Effect: "Allow",
        Action: ["rds-db:connect"],
        Resource: expect.stringMatching(
          /^arn:aws:rds-db:eu-west-1:111122223333:dbuser:cluster-[A-Z0-9]{26}\/mcp_database$/,
        ) as string,
      },
    ]);
  });
});

describe("DatabaseSetup", () => {
  it("runs in the network, among the database's clients, and is told names of secrets alone", async () => {
    const it = await plan();
    const setup = it.one(FUNCTION, "setup");
    expect(setup.propertyDependencies?.["vpcConfig"]).toEqual(
      expect.arrayContaining([it.one(GROUP, "database-client").urn, it.one(GROUP, "setup").urn]),
    );
    expect(setup.inputs).toMatchObject({
      environment: {
        variables: {
          DATABASE_HOST: expect.stringMatching(/^alicerce-xyz-gmbh\.cluster-/) as string,
          DATABASE_NAME: "business",
          DATABASE_MASTER_SECRET: expect.stringMatching(/:secret:rds!cluster-/) as string,
          DATABASE_SECRET: expect.stringMatching(/:secret:setup-keys-/) as string,
        },
      },
      tags: { "alicerce:service": "database" },
    });
  });

  it("is called again when its code is another, and only once an instance answers", async () => {
    const it = await plan();
    const call = it.one("aws:lambda/invocation:Invocation", "setup");
    expect(call.inputs).toMatchObject({ input: "{}", triggers: { code: "digest" } });
    expect(call.propertyDependencies?.["triggers"]).toEqual(
      expect.arrayContaining([it.one("aws:rds/clusterInstance:ClusterInstance", "database-b").urn]),
    );
  });

  it("may read the administrator's secret and write one of its own, and may not touch the network itself", async () => {
    const it = await plan();
    const secrets = statements(it.inputs(POLICY, "setup-secrets")["policy"]);
    const own = expect.stringMatching(/:secret:setup-keys-/) as string;
    const master = expect.stringMatching(/:secret:rds!cluster-/) as string;
    expect(secrets.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [["secretsmanager:GetSecretValue"], [master, own]],
      [["secretsmanager:PutSecretValue"], own],
      [["kms:GenerateDataKey"], expect.stringMatching(/:key\//)],
    ]);
    const network = statements(it.inputs(POLICY, "setup-interfaces")["policy"]);
    const allowed = network.filter((s) => s["Effect"] === "Allow").flatMap((s) => s["Action"] as string[]);
    const denied = network.filter((s) => s["Effect"] === "Deny");
    expect(denied).toMatchObject([{ Action: allowed, Resource: "*" }]);
    expect(denied[0]?.["Condition"]).toEqual({
      ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:*" },
    });
  });

  it("keeps the server's keys in a secret that holds no value of ours", async () => {
    const it = await plan();
    expect(it.names("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
    const granted = statements(it.inputs(POLICY, "keys")["policy"]);
    expect(granted.map((s) => s["Action"])).toEqual([["secretsmanager:GetSecretValue"], ["kms:Decrypt"]]);
  });
});
