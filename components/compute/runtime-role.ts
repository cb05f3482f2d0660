import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document.ts";
import { grant, serviceRole, trustAgentcore } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { repositoryName } from "./image-repository.ts";

/** Spans, and which calls are to be traced. */
const TRACING = [
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Whose role it is. */
export interface RuntimeRoleArgs {
  readonly place: Place;
  /** `runtimeName` of the runtime that assumes it. */
  readonly runtimeName: string;
  /** The service whose image it pulls. */
  readonly service: string;
}

/** The role of one AgentCore runtime: it pulls its own image, writes its own logs and reports what it does; nothing else. */
export function runtimeRole(name: string, args: RuntimeRoleArgs, opts: pulumi.CustomResourceOptions): aws.iam.Role {
  const { place, runtimeName } = args;
  const description = `AgentCore runtime ${runtimeName}`;
  const role = serviceRole(name, { place, description, trust: runtimeTrust(args) }, opts);
  grant(name, role, runtimePermissions(args), opts);
  return role;
}

/** Trust in AgentCore while it runs this runtime. */
export function runtimeTrust({ place, runtimeName }: RuntimeRoleArgs): Statement {
  return trustAgentcore(place, `runtime/${runtimeName}-*`);
}

/** What AgentCore itself does as the role of a runtime. */
export function runtimePermissions(args: RuntimeRoleArgs): readonly Statement[] {
  return [...pullOf(args), logsOf(args), ...telemetry()];
}

function pullOf({ place, service }: RuntimeRoleArgs): readonly Statement[] {
  const repository = `arn:aws:ecr:${place.region}:${place.account}:repository/${repositoryName(service)}`;
  return [
    { Effect: "Allow", Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Resource: repository },
    { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
  ];
}

function logsOf({ place, runtimeName }: RuntimeRoleArgs): Statement {
  const group = `arn:aws:logs:${place.region}:${place.account}:log-group:/aws/bedrock-agentcore/runtimes/${runtimeName}-*`;
  return {
    Effect: "Allow",
    // AgentCore lets X-Ray write the runtime's spans into its log group, by a policy of that group.
    Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents", "logs:PutResourcePolicy"],
    Resource: [group],
  };
}

function telemetry(): readonly Statement[] {
  return [
    { Effect: "Allow", Action: TRACING, Resource: "*" },
    {
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "bedrock-agentcore" } },
    },
  ];
}
