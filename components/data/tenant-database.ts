import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place, PrivateNetwork } from "../place.ts";

const PORT = 5432;

/** The first engine versions that pause are 13.15, 14.12, 15.7, 16.3 and 17.4. */
const ENGINE = { engine: "aurora-postgresql", engineVersion: "17.5" } as const;

/** Idle for this long, it pauses and costs nothing but its storage; waking up takes about 15 seconds. */
const PAUSE_SECONDS = 900;

/** How large a database that pauses may grow, in Aurora capacity units of about 2 GiB. */
const PAUSING: aws.types.input.rds.ClusterServerlessv2ScalingConfiguration = {
  minCapacity: 0,
  maxCapacity: 8,
  secondsUntilAutoPause: PAUSE_SECONDS,
};

/** The same for one that is always awake. */
const AWAKE: aws.types.input.rds.ClusterServerlessv2ScalingConfiguration = { minCapacity: 0.5, maxCapacity: 8 };

/** Rows of customers stay out of logs: neither statements nor errors, which repeat values. Temporary files of one session have a limit in kB. */
const PARAMETERS = {
  "rds.force_ssl": "1",
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_min_messages: "fatal",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  temp_file_limit: "1048576",
} as const;

/** What AWS calls the database of a tenant. */
export function databaseIdentifier(tenant: string): string {
  return `alicerce-${tenant}`;
}

/** Where a database is, and how it is kept. */
export interface TenantDatabaseArgs {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly tenant: string;
  readonly key: DataKey;
  /** The service whose workloads, and no others, may connect. */
  readonly service: string;
  /** Whether an instance in another zone takes over at once; without it, AWS makes a new one in some minutes. */
  readonly standby: boolean;
  /** What it is called inside; `business` without. */
  readonly databaseName?: string;
  /** Whether it is awake when nobody asks; it pauses without. */
  readonly isAlwaysAwake?: boolean;
}

/** A tenant's own Aurora PostgreSQL: reached by TLS, with tokens of IAM, from the workloads in one security group (premises 3 and 5). */
export class TenantDatabase extends pulumi.ComponentResource {
  /** Its endpoint, once an instance answers there. */
  readonly host: pulumi.Output<string>;
  readonly port = PORT;
  readonly arn: pulumi.Output<string>;
  /** What AWS calls it, also where it measures. */
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly databaseName: string;
  /** The secret in which Amazon RDS keeps the administrator's password, and changes it every week. */
  readonly masterSecretArn: pulumi.Output<string>;
  /** The security group of whoever connects. */
  readonly clientGroupId: pulumi.Output<string>;
  /** Where in the network it is, and so where a copy of it is restored. */
  readonly placement: { readonly subnetGroupName: pulumi.Output<string>; readonly groupId: pulumi.Output<string> };
  private readonly cluster: aws.rds.Cluster;
  private readonly place: Place;

  constructor(name: string, args: TenantDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:TenantDatabase", name, {}, opts);
    const { standby, network, databaseName = "business" } = args;
    this.place = args.place;
    this.databaseName = databaseName;
    const groups = securityGroups(name, network, this);
    this.cluster = cluster(name, { ...args, database: this.databaseName, groupId: groups.databaseId }, this);
    const instances = (standby ? ["a", "b"] : ["a"]).map((it) => instance(`${name}-${it}`, this.cluster, this));

    this.host = pulumi.all([this.cluster.endpoint, instances.map((it) => it.arn)]).apply(([it]) => it);
    this.arn = this.cluster.arn;
    this.clusterIdentifier = this.cluster.clusterIdentifier;
    this.masterSecretArn = this.cluster.masterUserSecrets.apply(([it]) => it?.secretArn ?? "");
    this.clientGroupId = groups.clientId;
    this.placement = { subnetGroupName: this.cluster.dbSubnetGroupName, groupId: groups.databaseId };
    this.registerOutputs({ host: this.host });
  }

  /** Lets `role` log in as one user of the database, and as no other. */
  grantConnect(name: string, role: aws.iam.Role, user: string): aws.iam.RolePolicy {
    const { account, region } = this.place;
    const resource = pulumi.interpolate`arn:aws:rds-db:${region}:${account}:dbuser:${this.cluster.clusterResourceId}/${user}`;
    return grant(name, role, [{ Effect: "Allow", Action: ["rds-db:connect"], Resource: resource }], { parent: role });
  }
}

/** The groups refer to each other, so their rules stand apart. */
function securityGroups(name: string, { vpcId }: PrivateNetwork, parent: TenantDatabase) {
  const database = new aws.ec2.SecurityGroup(
    name,
    { vpcId, description: `${name}: PostgreSQL from its clients` },
    { parent },
  );
  const client = new aws.ec2.SecurityGroup(
    `${name}-client`,
    { vpcId, description: `${name}: PostgreSQL to the database` },
    { parent },
  );
  const tcp = { ipProtocol: "tcp", fromPort: PORT, toPort: PORT };
  const from = new aws.vpc.SecurityGroupIngressRule(
    name,
    { ...tcp, securityGroupId: database.id, referencedSecurityGroupId: client.id, description: "From clients" },
    { parent },
  );
  const to = new aws.vpc.SecurityGroupEgressRule(
    `${name}-client`,
    { ...tcp, securityGroupId: client.id, referencedSecurityGroupId: database.id, description: "To the database" },
    { parent },
  );
  const clientId = pulumi.all([client.id, from.id, to.id]).apply(([it]) => it);
  return { databaseId: database.id, clientId };
}

interface ClusterArgs extends TenantDatabaseArgs {
  readonly database: string;
  readonly groupId: pulumi.Output<string>;
}

function cluster(name: string, args: ClusterArgs, parent: TenantDatabase): aws.rds.Cluster {
  const { tenant, key, service, groupId } = args;
  const clusterIdentifier = databaseIdentifier(tenant);
  // Amazon RDS would make it, without a key and for ever.
  const logs = new aws.cloudwatch.LogGroup(
    name,
    { name: `/aws/rds/cluster/${clusterIdentifier}/postgresql`, kmsKeyId: key.arn, retentionInDays: 365 },
    { parent },
  );
  return new aws.rds.Cluster(
    name,
    {
      ...ENGINE,
      clusterIdentifier,
      databaseName: args.database,
      serverlessv2ScalingConfiguration: args.isAlwaysAwake === true ? AWAKE : PAUSING,
      dbSubnetGroupName: subnetGroup(name, args, parent).name,
      vpcSecurityGroupIds: [groupId],
      dbClusterParameterGroupName: parameterGroup(name, parent).name,
      port: PORT,
      storageEncrypted: true,
      kmsKeyId: key.arn,
      iamDatabaseAuthenticationEnabled: true,
      masterUsername: "administrator",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: key.arn,
      enabledCloudwatchLogsExports: ["postgresql"],
      backupRetentionPeriod: 35,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      // The group is created and erased with the database, so its id makes the name of the last snapshot one that is not taken.
      finalSnapshotIdentifier: pulumi.interpolate`${clusterIdentifier}-final-${groupId}`,
      tags: { [TAG.service]: service },
    },
    { parent, protect: true, dependsOn: [logs] },
  );
}

function subnetGroup(name: string, { network }: ClusterArgs, parent: TenantDatabase): aws.rds.SubnetGroup {
  const subnetIds = pulumi.output(network.subnetIds).apply((it) => [...it]);
  return new aws.rds.SubnetGroup(name, { subnetIds }, { parent });
}

function parameterGroup(name: string, parent: TenantDatabase): aws.rds.ClusterParameterGroup {
  const parameters = Object.entries(PARAMETERS).map(([key, value]) => ({ name: key, value }));
  const family = `aurora-postgresql${ENGINE.engineVersion.split(".")[0] ?? ""}`;
  return new aws.rds.ClusterParameterGroup(name, { family, parameters }, { parent });
}

function instance(name: string, { id }: aws.rds.Cluster, parent: TenantDatabase): aws.rds.ClusterInstance {
  return new aws.rds.ClusterInstance(
    name,
    {
      clusterIdentifier: id,
      engine: ENGINE.engine,
      engineVersion: ENGINE.engineVersion,
      instanceClass: "db.serverless",
      publiclyAccessible: false,
      // A standby in these tiers is always as large as the writer, and pauses with it.
      promotionTier: 1,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      // Versions are raised here, where they are reviewed, and not between two deployments.
      autoMinorVersionUpgrade: false,
      copyTagsToSnapshot: true,
    },
    { parent },
  );
}
