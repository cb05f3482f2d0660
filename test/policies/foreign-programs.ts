import * as aws from "@pulumi/aws";
import type { Plan } from "../../plan/model.ts";
import { planProgram } from "../../tools/offline-planner/plan.ts";
import type { Case } from "../support/rule-tester.ts";
import { type Described, planOf, policyOf } from "./programs.ts";

const ACCOUNT = "222233334444";
const REGION = "us-west-2";

/** The name of a stack that is no address of this platform. */
export const FOREIGN_STACK = "dev";

/** What a program, or a case that is a plan already, asks for in a stack of this name. */
export async function planOfCase(program: Case, stack = FOREIGN_STACK): Promise<Plan> {
  if (typeof program !== "function") return program;
  const run = async (): Promise<void> => {
    await program();
  };
  return (await planProgram(run, { stack })).plan;
}

/** The options of resources in somebody else's account. */
export function foreign(
  region: aws.Region = REGION,
  args: Partial<aws.ProviderArgs> = {},
): { readonly provider: aws.Provider } {
  return { provider: new aws.Provider("aws", { region, allowedAccountIds: [ACCOUNT], ...args }) };
}

/** A role that one service may assume. */
export function roleOf(name: string, opts: { readonly provider: aws.Provider }, trust: object = {}): aws.iam.Role {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
  return new aws.iam.Role(name, { assumeRolePolicy: policyOf({ ...statement, ...trust }) }, opts);
}

/** The trust in AgentCore, for this account alone. */
export const AGENTCORE_TRUST = {
  Principal: { Service: "bedrock-agentcore.amazonaws.com" },
  Condition: {
    StringEquals: { "aws:SourceAccount": ACCOUNT },
    ArnLike: { "aws:SourceArn": `arn:aws:bedrock-agentcore:${REGION}:${ACCOUNT}:*` },
  },
};

/** The trust in workflows of GitHub, by a claim on their subject. */
export function githubTrust(subject: string): object {
  return {
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
    Condition: {
      StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      StringLike: { "token.actions.githubusercontent.com:sub": subject },
    },
  };
}

/** A bucket that nobody but its owner reads, and nobody without TLS. */
export function privateBucket(opts: { readonly provider: aws.Provider }, insecure: unknown = false): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket("assets", {}, opts);
  new aws.s3.BucketPublicAccessBlock(
    "assets",
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    opts,
  );
  const refusal = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket.arn, bucket.arn.apply((it) => `${it}/*`)],
    Condition: { Bool: { "aws:SecureTransport": insecure } },
  };
  new aws.s3.BucketPolicy("assets", { bucket: bucket.bucket, policy: policyOf(refusal) }, opts);
  return bucket;
}

/** What a bucket of this platform has besides: versions that go one day, one owner, and a key. */
export function partsOf({ bucket }: aws.s3.Bucket, opts: { readonly provider: aws.Provider }): void {
  new aws.s3.BucketVersioning("assets", { bucket, versioningConfiguration: { status: "Enabled" } }, opts);
  new aws.s3.BucketOwnershipControls("assets", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, opts);
  const rules = [{ id: "old", status: "Enabled", filter: {}, noncurrentVersionExpiration: { noncurrentDays: 90 } }];
  new aws.s3.BucketLifecycleConfiguration("assets", { bucket, rules }, opts);
  const encrypted = { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] };
  new aws.s3.BucketServerSideEncryptionConfiguration("assets", { bucket, ...encrypted }, opts);
}

/** A runtime whose code is an archive in a bucket. */
export function runtime(opts: { readonly provider: aws.Provider }, networkMode: "VPC" | "PUBLIC"): void {
  new aws.bedrock.AgentcoreAgentRuntime(
    "assistant",
    {
      agentRuntimeName: "assistant",
      roleArn: roleOf("assistant", opts, AGENTCORE_TRUST).arn,
      agentRuntimeArtifact: {
        codeConfiguration: {
          runtime: "PYTHON_3_13",
          entryPoints: ["main.py"],
          code: { s3: { bucket: "code-of-assistant", prefix: "assistant.zip" } },
        },
      },
      networkConfiguration: {
        networkMode,
        ...(networkMode === "VPC" && {
          networkModeConfig: { subnets: ["subnet-00000001"], securityGroups: ["sg-00000001"] },
        }),
      },
    },
    opts,
  );
}

/** A plan as data in a stack that is none of ours, for types that the sandbox does not know. */
export function foreignPlan(...resources: readonly Described[]): Case {
  const provider = `urn:pulumi:${FOREIGN_STACK}::shop::pulumi:providers:aws::aws`;
  const described = resources.map((it) => ({
    ...it,
    urn: `urn:pulumi:${FOREIGN_STACK}::shop::${it.type}::${it.name}`,
    provider,
  }));
  const aws = { type: "pulumi:providers:aws", name: "aws", urn: provider, inputs: { region: REGION } };
  return { ...planOf(aws, ...described), stack: FOREIGN_STACK };
}

/** Sensible programs of other people. */
export const SENSIBLE: Readonly<Record<string, Case>> = {
  "nothing but a provider": () => foreign(),
  "one Lambda function with the policy that AWS manages for its logs": () => {
    const opts = foreign();
    const role = roleOf("resize", opts);
    const managed = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    new aws.iam.RolePolicyAttachment("resize", { role: role.name, policyArn: managed }, opts);
    new aws.lambda.Function(
      "resize",
      { role: role.arn, runtime: "nodejs24.x", handler: "index.handler", s3Bucket: "code", s3Key: "resize.zip" },
      opts,
    );
  },
  "a private bucket whose policy says false as a boolean": () => privateBucket(foreign(), false),
  "a VPC with public subnets": () => {
    const opts = foreign();
    const vpc = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" }, opts);
    new aws.ec2.Subnet("a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true }, opts);
    new aws.ec2.InternetGateway("internet", { vpcId: vpc.id }, opts);
  },
  "a public load balancer": foreignPlan(
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "web",
      inputs: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] },
    },
    { type: "aws:lb/loadBalancer:LoadBalancer", name: "web", inputs: { internal: false } },
  ),
  "a Deployment of a web server by tag": foreignPlan({
    type: "kubernetes:apps/v1:Deployment",
    name: "web",
    inputs: {
      metadata: { name: "web", namespace: "shop" },
      spec: { template: { spec: { containers: [{ name: "web", image: "nginx:1.29" }] } } },
    },
  }),
  "a group of logs that are kept for thirty days": () => {
    new aws.cloudwatch.LogGroup("web", { retentionInDays: 30 }, foreign());
  },
  "Aurora MySQL": foreignPlan({
    type: "aws:rds/cluster:Cluster",
    name: "orders",
    inputs: { engine: "aurora-mysql", storageEncrypted: true, manageMasterUserPassword: true, masterUsername: "admin" },
  }),
  "a role for GitHub's workflows on tags of one repository": () => {
    roleOf("release", foreign(), githubTrust("repo:acme/shop:ref:refs/tags/v*"));
  },
  "a gateway with an MCP server of somebody else": foreignPlan(
    {
      type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
      name: "tools",
      inputs: {
        protocolType: "MCP",
        authorizerType: "CUSTOM_JWT",
        authorizerConfiguration: {
          customJwtAuthorizer: {
            discoveryUrl: "https://login.example.com/.well-known/openid-configuration",
            allowedClients: ["desktop"],
          },
        },
      },
    },
    {
      type: "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
      name: "crm",
      inputs: {
        targetConfiguration: { mcp: { mcpServer: { endpoint: "https://mcp.crm.example.com/mcp" } } },
        credentialProviderConfiguration: { oauth: { scopes: ["read"] } },
      },
    },
  ),
  "a gateway whose callers sign as roles": foreignPlan({
    type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    name: "tools",
    inputs: { protocolType: "MCP", authorizerType: "AWS_IAM" },
  }),
  "a key with AWS's own default policy": () => {
    const AWS = `arn:aws:iam::${ACCOUNT}:root`;
    const policy = policyOf({ Effect: "Allow", Principal: { AWS }, Action: "kms:*", Resource: "*" });
    new aws.kms.Key("data", { enableKeyRotation: true, policy }, foreign());
  },
  "a runtime whose code is an archive in a bucket": () => runtime(foreign(), "VPC"),
};
