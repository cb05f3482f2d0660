import { USAGE } from "../../environments/costs/usage.ts";
import type { PlannedResource } from "../../plan/model.ts";
import type { Quantity } from "./line.ts";

type Counted = (inputs: PlannedResource["inputs"]) => readonly Quantity[];

const { hours, tenant } = USAGE;
const hourly = (priced: Quantity["priced"], count = 1): Quantity => ({ priced, quantity: hours * count });
const monthly = (priced: Quantity["priced"], count = 1): Quantity => ({ priced, quantity: count });
const assumed = (priced: Quantity["priced"], quantity: number): Quantity => ({ priced, quantity, isAssumed: true });
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** What a resource of a type makes one pay for. */
export const QUANTITIES: Readonly<Record<string, Counted>> = {
  "aws:bedrock/agentcoreGateway:AgentcoreGateway": () => [
    assumed("gateway-calls", USAGE.gatewayCalls / 1_000),
    assumed("gateway-decisions", USAGE.gatewayCalls / 1_000),
  ],
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": () => [
    assumed("runtime-vcpu", (USAGE.runtimeCalls * tenant.runtimeVcpuSeconds) / 3_600),
    assumed("runtime-gib", (USAGE.runtimeCalls * tenant.runtimeGibSeconds) / 3_600),
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": () => [monthly("alarm")],
  "aws:cognito/userPool:UserPool": () => [
    assumed("transfer-out", tenant.gibToTheInternet),
    assumed("logs-gib", tenant.gibOfLogs),
  ],
  "aws:cognito/userPoolClient:UserPoolClient": () => [assumed("machine-tokens", tenant.tokensOfAClient / 1_000)],
  "aws:dynamodb/table:Table": () => [assumed("dynamodb-writes", USAGE.tableMillionWrites)],
  "aws:ec2/eip:Eip": () => [hourly("public-address")],
  "aws:ec2/natGateway:NatGateway": () => [hourly("nat-gateway")],
  "aws:ec2/vpc:Vpc": () => [
    assumed("nat-gib", USAGE.region.gibThroughNat),
    assumed("logs-gib", USAGE.region.gibOfLogs),
  ],
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": () => [hourly("transit-attachment")],
  "aws:ec2/vpcEncryptionControl:VpcEncryptionControl": () => [hourly("encryption-control")],
  "aws:ec2/vpcEndpoint:VpcEndpoint": (it) => {
    const zones = lengthOf(it["subnetIds"]);
    return it["vpcEndpointType"] === "Interface" && zones > 0 ? [hourly("endpoint", zones)] : [];
  },
  "aws:eks/cluster:Cluster": () => [hourly("eks-cluster")],
  "aws:kms/key:Key": () => [monthly("kms-key")],
  "aws:kms/replicaKey:ReplicaKey": () => [monthly("kms-key"), assumed("transfer-region", USAGE.gibToTheStandby)],
  "aws:lambda/function:Function": (it) => [
    assumed("lambda-gib-second", (USAGE.functionSeconds * Number(it["memorySize"] ?? 128)) / 1_024),
  ],
  "aws:lb/loadBalancer:LoadBalancer": () => [hourly("load-balancer")],
  "aws:rds/clusterInstance:ClusterInstance": () => [assumed("aurora-acu", hours * USAGE.databaseAcu)],
  "aws:route53/healthCheck:HealthCheck": () => [monthly("health-check")],
  "aws:route53/zone:Zone": () => [monthly("hosted-zone")],
  "aws:s3/bucket:Bucket": () => [assumed("s3-gib", USAGE.bucketGib)],
  "aws:secretsmanager/secret:Secret": () => [monthly("secret")],
  "aws:wafv2/webAcl:WebAcl": (it) => [monthly("web-acl"), monthly("web-acl-rule", lengthOf(it["rules"]))],
};

/** Types that are used a lot, are paid for, and have no price here: an estimate names them. */
export const UNPRICED = [
  "aws:backup/plan:Plan",
  "aws:cfg/recorder:Recorder",
  "aws:cloudwatch/eventArchive:EventArchive",
  "aws:cloudtrail/trail:Trail",
  "aws:ecr/repository:Repository",
  "aws:guardduty/detector:Detector",
  "aws:inspector2/enabler:Enabler",
  "aws:securityhub/account:Account",
  "aws:sqs/queue:Queue",
];
