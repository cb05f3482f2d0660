import { document, type Planted, STACKS } from "../environment.ts";

const { acme, region, xyz } = STACKS;

/** Buckets, tables, databases, secrets and backups that another tenant, account or region comes to hold or read. */
export const storeLeaks: readonly Planted[] = [
  {
    name: "a bucket's policy lets another tenant in",
    story: "The bucket of xyz-gmbh allows acme-corp's files server.",
    change: (it) =>
      it.statements([xyz, "BucketPolicy", "bucket"], "policy", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: { AWS: it.arn(acme, "Role", "mcp-files-v1") },
          Action: "s3:GetObject",
          Resource: `${it.arn(xyz, "Bucket", "bucket")}/*`,
        },
      ]),
  },
  {
    name: "a bucket's policy lets another account in",
    story: "A partner's account may list and read.",
    change: (it) =>
      it.statements([xyz, "BucketPolicy", "bucket"], "policy", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: { AWS: "999988887777" },
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: [it.arn(xyz, "Bucket", "bucket"), `${it.arn(xyz, "Bucket", "bucket")}/*`],
        },
      ]),
  },
  {
    name: "an access point with a policy of its own",
    story: "An access point of xyz-gmbh's bucket allows acme-corp's agent.",
    change: (it) =>
      it.add(xyz, "aws:s3/accessPoint:AccessPoint", "shared", {
        bucket: it.output(xyz, "Bucket", "bucket", "id"),
        name: "shared",
        policy: document([
          {
            Effect: "Allow",
            Principal: { AWS: it.arn(acme, "Role", "agent-coordinator") },
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:eu-west-1:111122223333:accesspoint/shared/object/*",
          },
        ]),
      }),
  },
  {
    name: "objects are replicated to the US",
    story: "Replication of the European bucket into acme-corp's.",
    change: (it) =>
      it.add(xyz, "aws:s3/bucketReplicationConfig:BucketReplicationConfig", "bucket", {
        bucket: it.output(xyz, "Bucket", "bucket", "id"),
        role: it.arn(xyz, "Role", "mcp-files-v1"),
        rules: [{ id: "all", status: "Enabled", destination: { bucket: it.arn(acme, "Bucket", "bucket") } }],
      }),
  },
  {
    name: "objects announce themselves elsewhere",
    story: "Each new object of xyz-gmbh calls a function of acme-corp with its name.",
    change: (it) =>
      it.add(xyz, "aws:s3/bucketNotification:BucketNotification", "bucket", {
        bucket: it.output(xyz, "Bucket", "bucket", "id"),
        lambdaFunctions: [
          { lambdaFunctionArn: it.arn(acme, "Function", "interceptor-b2b"), events: ["s3:ObjectCreated:*"] },
        ],
      }),
  },
  {
    name: "access logs go to another tenant",
    story: "Server access logs of xyz-gmbh's bucket, with names and requesters, are written to acme-corp's.",
    change: (it) =>
      it.add(xyz, "aws:s3/bucketLogging:BucketLogging", "bucket", {
        bucket: it.output(xyz, "Bucket", "bucket", "id"),
        targetBucket: it.output(acme, "Bucket", "bucket", "id"),
        targetPrefix: "logs/",
      }),
  },
  {
    name: "an inventory for another account",
    story: "A daily list of all names of objects goes to an account outside.",
    change: (it) =>
      it.add(xyz, "aws:s3/inventory:Inventory", "bucket", {
        bucket: it.output(xyz, "Bucket", "bucket", "id"),
        name: "all",
        includedObjectVersions: "All",
        schedule: { frequency: "Daily" },
        destination: {
          bucket: { bucketArn: "arn:aws:s3:::audit-of-a-partner", format: "CSV", accountId: "999988887777" },
        },
      }),
  },
  {
    name: "a public bucket",
    story: "Public access is no longer blocked, and the policy allows everybody to read.",
    change: (it) => {
      it.remove(xyz, "BucketPublicAccessBlock", "bucket");
      it.statements([xyz, "BucketPolicy", "bucket"], "policy", (all) => [
        ...all,
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${it.arn(xyz, "Bucket", "bucket")}/*` },
      ]);
    },
  },
  {
    name: "a second bucket in another region",
    story: "A bucket of xyz-gmbh for exports is created in us-east-1 by the region input.",
    change: (it) =>
      it.copy(xyz, xyz, "Bucket", "bucket", (all) => {
        all["region"] = "us-east-1";
        all["bucket"] = "xyz-exports";
      }),
  },
  {
    name: "the files server writes to another tenant's bucket",
    story: "FILES_BUCKET of xyz-gmbh's server names acme-corp's bucket.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        all["environmentVariables"].FILES_BUCKET = it.output(acme, "Bucket", "bucket", "id");
      }),
  },
  {
    name: "S3 Access Grants for everybody in the directory",
    story: "An access grant on the tenant's location for a group of the company's directory.",
    change: (it) =>
      it.add(xyz, "aws:s3control/accessGrant:AccessGrant", "group", {
        accessGrantsLocationId: "default",
        permission: "READ",
        grantee: { granteeType: "DIRECTORY_GROUP", granteeIdentifier: "a2b3" },
      }),
  },
  {
    name: "a table with a replica in the US",
    story: "The table of xyz-gmbh is a global table with a replica in us-east-1.",
    change: (it) =>
      it.edit(xyz, "Table", "table", (all) => {
        all["streamEnabled"] = true;
        all["replicas"] = [{ regionName: "us-east-1" }];
      }),
  },
  {
    name: "a replica as a resource of its own",
    story: "A replica of xyz-gmbh's table in us-east-1 by aws.dynamodb.TableReplica.",
    change: (it) =>
      it.add(xyz, "aws:dynamodb/tableReplica:TableReplica", "us", {
        globalTableArn: it.arn(xyz, "Table", "table"),
        region: "us-east-1",
      }),
  },
  {
    name: "a stream read by another tenant",
    story: "acme-corp's function is fed from the stream of xyz-gmbh's table.",
    change: (it) => {
      it.edit(xyz, "Table", "table", (all) => {
        all["streamEnabled"] = true;
        all["streamViewType"] = "NEW_AND_OLD_IMAGES";
      });
      it.add(acme, "aws:lambda/eventSourceMapping:EventSourceMapping", "stream", {
        eventSourceArn: `${it.arn(xyz, "Table", "table")}/stream/2026-01-01T00:00:00.000`,
        functionName: it.output(acme, "Function", "interceptor-b2b", "name"),
        startingPosition: "LATEST",
      });
    },
  },
  {
    name: "changes of a table flow into Kinesis",
    story: "Every change of xyz-gmbh's table goes to a data stream that all teams read.",
    change: (it) => {
      const arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/changes";
      it.add(region, "aws:kinesis/stream:Stream", "changes", { name: "changes" }, { arn });
      it.add(xyz, "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination", "changes", {
        streamArn: arn,
        tableName: it.output(xyz, "Table", "table", "name"),
      });
    },
  },
  {
    name: "a table is exported to another tenant's bucket",
    story: "A point-in-time export of xyz-gmbh's table to acme-corp's bucket.",
    change: (it) =>
      it.add(xyz, "aws:dynamodb/tableExport:TableExport", "once", {
        tableArn: it.arn(xyz, "Table", "table"),
        s3Bucket: it.output(acme, "Bucket", "bucket", "id"),
      }),
  },
  {
    name: "a table's own policy lets another tenant in",
    story: "A resource policy of xyz-gmbh's table allows acme-corp's interceptor.",
    change: (it) =>
      it.add(xyz, "aws:dynamodb/resourcePolicy:ResourcePolicy", "table", {
        resourceArn: it.arn(xyz, "Table", "table"),
        policy: document([
          {
            Effect: "Allow",
            Principal: { AWS: it.arn(acme, "Role", "interceptor-b2b") },
            Action: "dynamodb:GetItem",
            Resource: it.arn(xyz, "Table", "table"),
          },
        ]),
      }),
  },
  {
    name: "the directory says that a caller is another tenant",
    story: "The entry in xyz-gmbh's table names acme-corp and is not under the GDPR.",
    change: (it) => it.replaceText([xyz, "TableItem", "table"], "xyz-gmbh", "acme-corp"),
  },
  {
    name: "a snapshot shared with an account",
    story: "A manual snapshot of xyz-gmbh's database is shared with an account outside.",
    change: (it) =>
      it.add(xyz, "aws:rds/clusterSnapshot:ClusterSnapshot", "copy", {
        dbClusterIdentifier: it.output(xyz, "Cluster", "database", "clusterIdentifier"),
        dbClusterSnapshotIdentifier: "copy",
        sharedAccounts: ["999988887777"],
      }),
  },
  {
    name: "a snapshot copied to the US",
    story: "A copy of a snapshot of xyz-gmbh's database in us-east-1.",
    change: (it) =>
      it.add(xyz, "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy", "us", {
        sourceDbClusterSnapshotIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:copy",
        targetDbClusterSnapshotIdentifier: "copy-us",
        destinationRegion: "us-east-1",
      }),
  },
  {
    name: "a global database",
    story: "xyz-gmbh's cluster joins a global cluster whose second region is in the US.",
    change: (it) => {
      it.add(xyz, "aws:rds/globalCluster:GlobalCluster", "world", {
        globalClusterIdentifier: "world",
        sourceDbClusterIdentifier: it.arn(xyz, "Cluster", "database"),
      });
      it.copy(xyz, xyz, "Cluster", "database", (all) => {
        all["region"] = "us-east-1";
        all["globalClusterIdentifier"] = "world";
        all["clusterIdentifier"] = "world-us";
      });
    },
  },
  {
    name: "a database restored from another tenant's",
    story: "acme-corp's cluster is restored from the snapshot of xyz-gmbh for tests.",
    change: (it) =>
      it.edit(acme, "Cluster", "database", (all) => {
        all["snapshotIdentifier"] = "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:alicerce-xyz-gmbh-final";
      }),
  },
  {
    name: "a public database",
    story: "The instance has a public address.",
    change: (it) =>
      it.edit(xyz, "ClusterInstance", "database-a", (all) => {
        all["publiclyAccessible"] = true;
      }),
  },
  {
    name: "a database exports to another tenant's bucket",
    story: "A role associated with the cluster lets SQL write to acme-corp's bucket.",
    change: (it) => {
      it.grant(xyz, "database-setup", "s3:PutObject", `${it.arn(acme, "Bucket", "bucket")}/*`);
      it.add(xyz, "aws:rds/clusterRoleAssociation:ClusterRoleAssociation", "export", {
        dbClusterIdentifier: it.output(xyz, "Cluster", "database", "clusterIdentifier"),
        featureName: "s3Export",
        roleArn: it.arn(xyz, "Role", "database-setup"),
      });
    },
  },
  {
    name: "an activity stream",
    story: "Every statement of xyz-gmbh's database, with its values, goes to Kinesis under another key.",
    change: (it) =>
      it.add(xyz, "aws:rds/clusterActivityStream:ClusterActivityStream", "all", {
        resourceArn: it.arn(xyz, "Cluster", "database"),
        kmsKeyId: it.arn(region, "Key", "key"),
        mode: "async",
      }),
  },
  {
    name: "Performance Insights under another key",
    story: "Statements with literals are kept under the region's key.",
    change: (it) =>
      it.edit(xyz, "ClusterInstance", "database-a", (all) => {
        all["performanceInsightsEnabled"] = true;
        all["performanceInsightsKmsKeyId"] = it.arn(region, "Key", "key");
      }),
  },
  {
    name: "the data API of the database",
    story: "The HTTP endpoint lets whoever has the secret run SQL from anywhere, past the network.",
    change: (it) =>
      it.edit(xyz, "Cluster", "database", (all) => {
        all["enableHttpEndpoint"] = true;
      }),
  },
  {
    name: "an export of snapshots",
    story: "A snapshot of xyz-gmbh is exported as Parquet to acme-corp's bucket.",
    change: (it) =>
      it.add(xyz, "aws:rds/exportTask:ExportTask", "parquet", {
        exportTaskIdentifier: "parquet",
        sourceArn: "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:copy",
        s3BucketName: it.output(acme, "Bucket", "bucket", "id"),
        iamRoleArn: it.arn(xyz, "Role", "database-setup"),
        kmsKeyId: it.arn(acme, "Key", "key"),
      }),
  },
  {
    name: "backups are copied to the US",
    story: "A backup plan copies recovery points of xyz-gmbh into a vault in us-east-1.",
    change: (it) =>
      it.add(xyz, "aws:backup/plan:Plan", "daily", {
        name: "daily",
        rules: [
          {
            ruleName: "daily",
            targetVaultName: "daily",
            copyActions: [{ destinationVaultArn: "arn:aws:backup:us-east-1:111122223333:backup-vault:daily" }],
          },
        ],
      }),
  },
  {
    name: "automated backups replicated to the US",
    story: "Automated backups of the instance are replicated into us-east-1.",
    change: (it) =>
      it.add(xyz, "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication", "us", {
        sourceDbInstanceArn: it.arn(xyz, "ClusterInstance", "database-a"),
        region: "us-east-1",
      }),
  },
  {
    name: "a secret with a replica in the US",
    story: "The keys of xyz-gmbh's database server are replicated into us-east-1.",
    change: (it) =>
      it.edit(xyz, "Secret", "database-setup-keys", (all) => {
        all["replicas"] = [{ region: "us-east-1" }];
      }),
  },
  {
    name: "a secret's policy lets another tenant read",
    story: "acme-corp's server may read the API credential of xyz-gmbh.",
    change: (it) =>
      it.add(xyz, "aws:secretsmanager/secretPolicy:SecretPolicy", "orders", {
        secretArn: it.arn(xyz, "Secret", "api-orders"),
        policy: document([
          {
            Effect: "Allow",
            Principal: { AWS: it.arn(acme, "Role", "mcp-api-integration-v2") },
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
          },
        ]),
      }),
  },
  {
    name: "a secret's policy as an input of the secret",
    story: "The same by the policy input: everybody in the account.",
    change: (it) =>
      it.edit(xyz, "Secret", "api-orders", (all) => {
        all["policy"] = document([
          { Effect: "Allow", Principal: { AWS: "*" }, Action: "secretsmanager:GetSecretValue", Resource: "*" },
        ]);
      }),
  },
  {
    name: "a secret copied into a parameter",
    story: "The client secret of an agent is kept as a plain parameter of the region, which all can read.",
    change: (it) =>
      it.add(region, "aws:ssm/parameter:Parameter", "secret", {
        name: "/shared/agent-secret",
        type: "String",
        value: it.output(xyz, "UserPoolClient", "agent-coordinator", "clientSecret"),
      }),
  },
  {
    name: "a secret of one tenant kept in another's",
    story: "The secret of xyz-gmbh's agent is written into a secret of acme-corp.",
    change: (it) =>
      it.add(acme, "aws:secretsmanager/secretVersion:SecretVersion", "copied", {
        secretId: it.output(acme, "Secret", "agent-coordinator-token", "id"),
        secretString: it.output(xyz, "UserPoolClient", "agent-coordinator", "clientSecret"),
      }),
  },
];
