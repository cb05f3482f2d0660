import { document, type Planted, STACKS } from "../environment.ts";

const { acme, region, xyz } = STACKS;
const ACCOUNT = "111122223333";

/** Services that carry data from one place to another: queues, buses, streams, jobs and mail. */
export const moverLeaks: readonly Planted[] = [
  {
    name: "SFTP on the bucket",
    story: "An AWS Transfer server with a user on the bucket of xyz-gmbh.",
    change: (it) => {
      it.add(xyz, "aws:transfer/server:Server", "sftp", {
        endpointType: "PUBLIC",
        identityProviderType: "SERVICE_MANAGED",
      });
      it.add(xyz, "aws:transfer/user:User", "sftp", {
        serverId: "s-1",
        userName: "partner",
        role: it.arn(xyz, "Role", "mcp-files-v1"),
        homeDirectory: `/${it.output(xyz, "Bucket", "bucket", "id")}`,
      });
    },
  },
  {
    name: "DataSync to another tenant",
    story: "A task copies xyz-gmbh's files to acme-corp's bucket each night.",
    change: (it) => {
      it.add(xyz, "aws:datasync/s3Location:S3Location", "to", {
        s3BucketArn: it.arn(acme, "Bucket", "bucket"),
        subdirectory: "/",
        s3Config: { bucketAccessRoleArn: it.arn(xyz, "Role", "mcp-files-v1") },
      });
      it.add(xyz, "aws:datasync/task:Task", "nightly", {
        sourceLocationArn: `arn:aws:datasync:eu-west-1:${ACCOUNT}:location/loc-1`,
        destinationLocationArn: `arn:aws:datasync:eu-west-1:${ACCOUNT}:location/loc-2`,
      });
    },
  },
  {
    name: "DMS reads the database",
    story: "A replication task moves xyz-gmbh's rows to a warehouse.",
    change: (it) =>
      it.add(xyz, "aws:dms/endpoint:Endpoint", "rows", {
        endpointId: "rows",
        endpointType: "source",
        engineName: "aurora-postgresql",
        serverName: it.output(xyz, "Cluster", "database", "endpoint"),
      }),
  },
  {
    name: "a crawler over all tenants",
    story: "A Glue crawler catalogues the buckets of both tenants for analysts.",
    change: (it) =>
      it.add(region, "aws:glue/crawler:Crawler", "all", {
        databaseName: "all",
        role: it.arn(xyz, "Role", "mcp-files-v1"),
        s3Targets: [xyz, acme].map((one) => ({ path: `s3://${it.output(one, "Bucket", "bucket", "id")}` })),
      }),
  },
  {
    name: "a queue that everybody reads",
    story: "A queue of xyz-gmbh whose policy lets every principal receive.",
    change: (it) =>
      it.add(
        xyz,
        "aws:sqs/queue:Queue",
        "jobs",
        {
          name: "jobs",
          kmsMasterKeyId: it.arn(xyz, "Key", "key"),
          policy: document([{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" }]),
        },
        { arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs` },
      ),
  },
  {
    name: "a queue policy for another tenant",
    story: "acme-corp's agent may receive from the queue of xyz-gmbh.",
    change: (it) => {
      const arn = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`;
      const queueUrl = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`;
      it.add(xyz, "aws:sqs/queue:Queue", "jobs", { name: "jobs", kmsMasterKeyId: it.arn(xyz, "Key", "key") }, { arn });
      it.add(xyz, "aws:sqs/queuePolicy:QueuePolicy", "jobs", {
        queueUrl,
        policy: document([
          {
            Effect: "Allow",
            Principal: { AWS: it.arn(acme, "Role", "agent-coordinator") },
            Action: "sqs:ReceiveMessage",
            Resource: arn,
          },
        ]),
      });
    },
  },
  {
    name: "events are forwarded to the US",
    story: "A rule sends the object events of xyz-gmbh to a bus in us-east-1.",
    change: (it) => {
      it.add(xyz, "aws:cloudwatch/eventRule:EventRule", "objects", {
        name: "objects",
        eventPattern: '{"source":["aws.s3"]}',
      });
      it.add(xyz, "aws:cloudwatch/eventTarget:EventTarget", "objects", {
        rule: "objects",
        arn: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`,
      });
    },
  },
  {
    name: "a bus that another account writes to",
    story: "A permission on the default bus for every account.",
    change: (it) =>
      it.add(region, "aws:cloudwatch/eventPermission:EventPermission", "all", {
        principal: "*",
        statementId: "all",
        action: "events:PutEvents",
      }),
  },
  {
    name: "a pipe between tenants",
    story: "EventBridge Pipes moves messages of xyz-gmbh's queue to a function of acme-corp.",
    change: (it) =>
      it.add(xyz, "aws:pipes/pipe:Pipe", "jobs", {
        name: "jobs",
        roleArn: it.arn(xyz, "Role", "interceptor-b2b"),
        source: `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`,
        target: it.arn(acme, "Function", "interceptor-b2b"),
      }),
  },
  {
    name: "a schedule that calls another tenant",
    story: "A schedule of acme-corp invokes a token function of xyz-gmbh.",
    change: (it) =>
      it.add(acme, "aws:scheduler/schedule:Schedule", "tokens", {
        scheduleExpression: "rate(5 minutes)",
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: it.arn(xyz, "Function", "agent-coordinator-token"),
          roleArn: it.arn(acme, "Role", "agent-coordinator"),
        },
      }),
  },
  {
    name: "a state machine over two tenants",
    story: "A state machine of acme-corp reads xyz-gmbh's table and writes what it finds into its own bucket.",
    change: (it) =>
      it.add(acme, "aws:sfn/stateMachine:StateMachine", "copy", {
        roleArn: it.arn(acme, "Role", "agent-coordinator"),
        definition: JSON.stringify({
          StartAt: "Read",
          States: {
            Read: {
              Type: "Task",
              Resource: "arn:aws:states:::dynamodb:getItem",
              Parameters: { TableName: it.output(xyz, "Table", "table", "name"), Key: { key: { S: "directory" } } },
              End: true,
            },
          },
        }),
      }),
  },
  {
    name: "a delivery stream to a partner",
    story: "Firehose delivers to an HTTP endpoint outside AWS.",
    change: (it) =>
      it.add(xyz, "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "partner", {
        name: "partner",
        destination: "http_endpoint",
        httpEndpointConfiguration: {
          url: "https://collector.example.net/v1",
          roleArn: it.arn(xyz, "Role", "mcp-files-v1"),
          s3Configuration: { bucketArn: it.arn(xyz, "Bucket", "bucket"), roleArn: it.arn(xyz, "Role", "mcp-files-v1") },
        },
      }),
  },
  {
    name: "mail from the US",
    story: "A mail identity in us-east-1 for the agents of xyz-gmbh, which send people's names through it.",
    change: (it) => {
      it.add(xyz, "aws:sesv2/emailIdentity:EmailIdentity", "mail", {
        emailIdentity: "xyz.example.com",
        region: "us-east-1",
      });
      it.grant(xyz, "agent-coordinator", "ses:SendEmail", `arn:aws:ses:us-east-1:${ACCOUNT}:identity/xyz.example.com`);
    },
  },
  {
    name: "alerts leave for a chat",
    story: "The topic of the region calls an HTTPS endpoint outside, and alarms carry resource names of tenants.",
    change: (it) =>
      it.add(region, "aws:sns/topicSubscription:TopicSubscription", "chat", {
        topic: it.arn(region, "Topic", "alerts"),
        protocol: "https",
        endpoint: "https://hooks.example.net/alerts",
      }),
  },
  {
    name: "the alert topic in everybody's hands",
    story: "The topic's policy lets every account subscribe.",
    change: (it) =>
      it.statements([region, "TopicPolicy", "alerts"], "policy", (all) => [
        ...all,
        { Effect: "Allow", Principal: "*", Action: "sns:Subscribe", Resource: it.arn(region, "Topic", "alerts") },
      ]),
  },
  {
    name: "a cache shared by tenants",
    story: "One cache for the region, which agents of all tenants use.",
    change: (it) =>
      it.add(region, "aws:elasticache/serverlessCache:ServerlessCache", "shared", { engine: "valkey", name: "shared" }),
  },
  {
    name: "a file system for all pods",
    story: "An EFS access point on the root of a file system that several tenants mount.",
    change: (it) => {
      it.add(region, "aws:efs/fileSystem:FileSystem", "shared", { encrypted: true });
      it.add(xyz, "aws:efs/accessPoint:AccessPoint", "shared", { fileSystemId: "fs-1", rootDirectory: { path: "/" } });
    },
  },
  {
    name: "subnets shared with an account",
    story: "AWS RAM shares the private subnets of the region with an account outside.",
    change: (it) =>
      it.add(region, "aws:ram/principalAssociation:PrincipalAssociation", "partner", {
        principal: "999988887777",
        resourceShareArn: `arn:aws:ram:eu-west-1:${ACCOUNT}:resource-share/1`,
      }),
  },
  {
    name: "a search domain over all tenants",
    story: "An OpenSearch domain in which the texts of all tenants are indexed.",
    change: (it) =>
      it.add(region, "aws:opensearch/domain:Domain", "texts", {
        domainName: "texts",
        accessPolicies: document([{ Effect: "Allow", Principal: { AWS: "*" }, Action: "es:*", Resource: "*" }]),
      }),
  },
];
