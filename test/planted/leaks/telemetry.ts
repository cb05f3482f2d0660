import { document, type Planted, STACKS } from "../environment.ts";

const { acme, region, xyz } = STACKS;
const ACCOUNT = "111122223333";

/** Logs, traces, metrics and prompts that reach another tenant or leave their residency. */
export const telemetryLeaks: readonly Planted[] = [
  {
    name: "a subscription to a tenant's log",
    story: "Every line of xyz-gmbh's log goes to a function of acme-corp.",
    change: (it) =>
      it.add(xyz, "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "lines", {
        logGroup: it.output(xyz, "LogGroup", "logs", "name"),
        filterPattern: "",
        destinationArn: it.arn(acme, "Function", "interceptor-b2b"),
      }),
  },
  {
    name: "a subscription of the whole account",
    story: "An account policy of CloudWatch Logs sends all groups to a vendor's destination in the US.",
    change: (it) =>
      it.add(region, "aws:cloudwatch/logAccountPolicy:LogAccountPolicy", "vendor", {
        policyName: "vendor",
        policyType: "SUBSCRIPTION_FILTER_POLICY",
        policyDocument: JSON.stringify({
          DestinationArn: "arn:aws:logs:us-east-1:999988887777:destination:vendor",
          FilterPattern: "",
          Distribution: "Random",
        }),
      }),
  },
  {
    name: "a gateway's spans are delivered to another tenant",
    story: "The delivery of xyz-gmbh's gateway names the destination of acme-corp.",
    change: (it) =>
      it.edit(xyz, "LogDelivery", "gateway-b2b-spans", (all) => {
        all["deliveryDestinationArn"] = it.arn(acme, "LogDeliveryDestination", "logs-spans");
      }),
  },
  {
    name: "a tenant's lines are kept in another's group",
    story: "The destination of xyz-gmbh's lines is acme-corp's log group.",
    change: (it) =>
      it.edit(xyz, "LogDeliveryDestination", "logs-lines", (all) => {
        all["deliveryDestinationConfiguration"].destinationResourceArn = it.arn(acme, "LogGroup", "logs");
      }),
  },
  {
    name: "lines are delivered to a bucket of another tenant",
    story: "A second destination of type S3, in the bucket of acme-corp.",
    change: (it) => {
      it.add(
        xyz,
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        "archive",
        {
          name: "archive",
          deliveryDestinationConfiguration: { destinationResourceArn: it.arn(acme, "Bucket", "bucket") },
        },
        { arn: `arn:aws:logs:eu-west-1:${ACCOUNT}:delivery-destination:archive` },
      );
      it.add(xyz, "aws:cloudwatch/logDelivery:LogDelivery", "archive", {
        deliverySourceName: "xyz-gmbh-gateway-b2b-spans",
        deliveryDestinationArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:delivery-destination:archive`,
      });
    },
  },
  {
    name: "an interceptor logs into another tenant's group",
    story: "The log group of xyz-gmbh's interceptor is acme-corp's.",
    change: (it) =>
      it.edit(xyz, "Function", "interceptor-b2b", (all) => {
        all["loggingConfig"].logGroup = "/alicerce/acme-corp/interceptor-b2b";
      }),
  },
  {
    name: "developers search all logs",
    story: "The development server of acme-corp may filter the log groups of all tenants.",
    change: (it) =>
      it.grant(
        acme,
        "mcp-development-v1",
        "logs:FilterLogEvents",
        `arn:aws:logs:*:${ACCOUNT}:log-group:/aws/vendedlogs/bedrock-agentcore/*`,
      ),
  },
  {
    name: "developers query by Insights",
    story: "logs:StartQuery and logs:GetQueryResults on everything.",
    change: (it) => it.grant(xyz, "mcp-development-v1", ["logs:StartQuery", "logs:GetQueryResults"], "*"),
  },
  {
    name: "developers read all traces",
    story: "xray:BatchGetTraces, which cannot be bound to a tenant, for a tenant's server.",
    change: (it) => it.grant(acme, "mcp-development-v1", ["xray:BatchGetTraces", "xray:GetTraceSummaries"], "*"),
  },
  {
    name: "the development server names another tenant's group",
    story: "Its environment lists acme-corp's log group as a source.",
    change: (it) =>
      it.replaceText(
        [xyz, "AgentcoreAgentRuntime", "mcp-development-v1"],
        "/aws/vendedlogs/bedrock-agentcore/xyz-gmbh",
        "/aws/vendedlogs/bedrock-agentcore/acme-corp",
      ),
  },
  {
    name: "observability across accounts",
    story: "An OAM link shares logs, metrics and traces of the region with a monitoring account in the US.",
    change: (it) =>
      it.add(region, "aws:oam/link:Link", "monitoring", {
        labelTemplate: "$AccountName",
        resourceTypes: ["AWS::Logs::LogGroup", "AWS::CloudWatch::Metric", "AWS::XRay::Trace"],
        sinkIdentifier: "arn:aws:oam:us-east-1:999988887777:sink/1",
      }),
  },
  {
    name: "metrics stream away",
    story: "A metric stream of the region delivers to a Firehose in us-east-1.",
    change: (it) =>
      it.add(region, "aws:cloudwatch/metricStream:MetricStream", "vendor", {
        firehoseArn: `arn:aws:firehose:us-east-1:${ACCOUNT}:deliverystream/vendor`,
        roleArn: it.arn(region, "Role", "flow-logs"),
        outputFormat: "opentelemetry1.0",
      }),
  },
  {
    name: "a telemetry exporter to a vendor",
    story: "The agent of xyz-gmbh exports its spans to a vendor in the US.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.containers[0].env.push({
          name: "OTEL_EXPORTER_OTLP_ENDPOINT",
          value: "https://otlp.us.vendor.example.net",
        });
      }),
  },
  {
    name: "a runtime's exporter to a vendor",
    story: "The same for a server on AgentCore Runtime.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        all["environmentVariables"].OTEL_EXPORTER_OTLP_TRACES_ENDPOINT = "https://otlp.us.vendor.example.net/v1/traces";
      }),
  },
  {
    name: "prompts of all tenants in one log",
    story: "Bedrock's invocation logging writes prompts and answers of all tenants into one group of the region.",
    change: (it) =>
      it.add(region, "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration", "all", {
        loggingConfig: {
          textDataDeliveryEnabled: true,
          cloudwatchConfig: { logGroupName: "/prompts", roleArn: it.arn(region, "Role", "flow-logs") },
        },
      }),
  },
  {
    name: "the whole world's inference",
    story: "The agent of xyz-gmbh calls a global inference profile.",
    change: (it) => {
      const [from, to] = [
        "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
      ];
      it.replaceText([xyz, "Deployment", "agent-coordinator"], from, to);
      it.grant(
        xyz,
        "agent-coordinator",
        "bedrock:InvokeModel",
        `arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/${to}`,
      );
    },
  },
  {
    name: "inference in the US",
    story: "The agent of xyz-gmbh may call models in us-east-1.",
    change: (it) =>
      it.grant(
        xyz,
        "agent-coordinator",
        "bedrock:InvokeModel",
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
      ),
  },
  {
    name: "an inference profile of one's own over the US",
    story: "An application inference profile of xyz-gmbh copies the US profile.",
    change: (it) =>
      it.add(xyz, "aws:bedrock/inferenceProfile:InferenceProfile", "agents", {
        name: "agents",
        modelSource: {
          copyFrom: `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0`,
        },
      }),
  },
  {
    name: "a trail that keeps data events elsewhere",
    story: "A CloudTrail trail with data events of all buckets writes to a bucket in the US.",
    change: (it) =>
      it.add(region, "aws:cloudtrail/trail:Trail", "all", {
        s3BucketName: it.output(acme, "Bucket", "bucket", "id"),
        isMultiRegionTrail: true,
      }),
  },
  {
    name: "flow logs to a bucket in the US",
    story: "Addresses of the European VPC are logged into acme-corp's bucket.",
    change: (it) =>
      it.edit(region, "FlowLog", "flow-logs", (all) => {
        all["logDestinationType"] = "s3";
        all["logDestination"] = it.arn(acme, "Bucket", "bucket");
        delete all["iamRoleArn"];
      }),
  },
  {
    name: "a logs destination for everybody",
    story: "A destination of acme-corp accepts the lines of any account.",
    change: (it) => {
      it.add(acme, "aws:cloudwatch/logDestination:LogDestination", "in", {
        name: "in",
        roleArn: it.arn(acme, "Role", "interceptor-b2b"),
        targetArn: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/in`,
      });
      it.add(acme, "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy", "in", {
        destinationName: "in",
        accessPolicy: document([
          { Effect: "Allow", Principal: "*", Action: "logs:PutSubscriptionFilter", Resource: "*" },
        ]),
      });
    },
  },
];
