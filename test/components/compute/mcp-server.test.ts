import { PUBLIC_RANGES } from "../../../contracts/network/public-ranges.ts";
import { describe, expect, it } from "vitest";
import { MCP_REQUEST_HEADERS } from "../../../contracts/headers.ts";
import { CONTEXT_HEADER } from "../../../contracts/headers.ts";
import { imageRepository } from "../../../components/compute/image-repository.ts";
import { grant } from "../../../components/identity/service-role.ts";
import { McpServer, type McpServerArgs } from "../../../components/compute/mcp-server.ts";
import { awsOf, planned, statements } from "../planned.ts";
import { gateway, testTenant, network } from "../tenant-programs.ts";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}` as const;
const NAME = "mcp-database-v3";

type Args = Partial<McpServerArgs>;
type OnTrial = Pick<McpServerArgs, "release" | "targetName">;

const NEEDS: McpServerArgs["needs"] = {
  environment: { TENANT_ID: "xyz-gmbh", SERVER_VERSION: "3.1.0" },
  grants: [
    (name, role) =>
      grant(name, role, [{ Effect: "Allow", Action: ["sqs:SendMessage"], Resource: "arn:q" }], { parent: role }),
  ],
};

const plan = (changes: Args = {}, onTrial?: OnTrial) =>
  planned((opts) => {
    const context = testTenant(opts);
    const args = {
      ...context,
      network: network(context, opts),
      service: "database",
      release: { version: "3.1.0", digest: DIGEST },
      targetName: "database",
      resourcePriority: 900,
      agentRuntimeVersion: "1",
      needs: NEEDS,
      gateways: [gateway(context, opts)],
      kmsKeyArn: context.key.arn,
    } as const;
    const repository = imageRepository(
      "mcp-database",
      { region: context.place.region, kmsKeyArn: context.key.arn },
      { provider: awsOf(opts) },
    );
    new McpServer(NAME, { ...args, ...changes }, { ...opts, dependsOn: [repository] });
    if (onTrial !== undefined) new McpServer("mcp-database-candidate", { ...args, ...onTrial }, opts);
  });

describe("McpServer", () => {
  it("runs one release, by digest, in private subnets behind a security group of its own", async () => {
    const it = await plan();
    const runtime = it.one(RUNTIME, NAME);
    expect(runtime.inputs).toMatchObject({
      agentRuntimeName: "xyz_gmbh_mcp_database_v3",
      protocolConfiguration: { serverProtocol: "MCP" },
      agentRuntimeArtifact: {
        containerConfiguration: {
          containerUri: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce/mcp-database@${DIGEST}`,
        },
      },
      networkConfiguration: { networkMode: "VPC" },
      tags: { "alicerce:kind": "mcp-server", "alicerce:service": "database", "alicerce:version": "3.1.0" },
    });
    expect(runtime.propertyDependencies?.["networkConfiguration"]).toEqual(
      expect.arrayContaining([
        it.one("aws:ec2/securityGroup:SecurityGroup", NAME).urn,
        it.one("aws:ec2/subnet:Subnet", "vpc-euw1-az1-private").urn,
      ]),
    );
    expect(it.inputs("aws:ec2/securityGroup:SecurityGroup", NAME)).toMatchObject({
      ingress: [],
      egress: [
        { fromPort: 443, toPort: 443, cidrBlocks: ["10.7.0.0/16"] },
        { fromPort: 443, toPort: 443 },
      ],
    });
  });

  it("is called through an endpoint that is pinned to a version, whose log is under the tenant's key", async () => {
    const it = await plan();
    const endpoint = it.one("aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint", NAME);
    expect(endpoint.inputs).toMatchObject({ name: "production", agentRuntimeVersion: "1" });
    expect(endpoint.propertyDependencies?.["agentRuntimeVersion"]).toEqual([]);
    const log = it.one("aws:cloudwatch/logGroup:LogGroup", NAME);
    expect(log.inputs["name"]).toMatch(/^\/aws\/bedrock-agentcore\/runtimes\/xyz_gmbh_mcp_database_v3-\w+-production$/);
    expect(log.propertyDependencies?.["kmsKeyId"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
    expect(endpoint.dependencies).toContain(log.urn);
  });

  it.each(["runtime", "endpoint"])("refuses everyone but the gateway at its %s", async (part) => {
    const it = await plan();
    const refusal = it.one("aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy", `${NAME}-${part}`);
    const gatewayRole = it.one("aws:iam/role:Role", "gateway-internal");
    const arn = expect.stringContaining(":role/alicerce/gateway-internal-") as string;
    expect(statements(refusal.inputs["policy"])).toEqual([
      {
        Sid: "Callers",
        Effect: "Allow",
        Principal: { AWS: [arn] },
        Action: ["bedrock-agentcore:InvokeAgentRuntime"],
        Resource: refusal.inputs["resourceArn"],
      },
      {
        Sid: "NobodyElse",
        Effect: "Deny",
        Principal: "*",
        Action: ["bedrock-agentcore:InvokeAgentRuntime*"],
        Resource: refusal.inputs["resourceArn"],
        Condition: { ArnNotEquals: { "aws:PrincipalArn": [arn] } },
      },
    ]);
    expect(refusal.propertyDependencies?.["policy"]).toContain(gatewayRole.urn);
  });

  it("has what it needs before it runs: its variables, its grants, and the headers of its caller", async () => {
    const it = await plan();
    const runtime = it.one(RUNTIME, NAME);
    expect(runtime.inputs).toMatchObject({
      environmentVariables: { TENANT_ID: "xyz-gmbh", SERVER_VERSION: "3.1.0" },
      requestHeaderConfiguration: { requestHeaderAllowlists: [...MCP_REQUEST_HEADERS] },
    });
    expect(runtime.dependencies).toContain(it.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-calls-1`).urn);
  });

  it("connects to what it is told to, and beyond the network only if it must", async () => {
    const group = "aws:ec2/securityGroup:SecurityGroup";
    const egress = async (changes: Args) => (await plan(changes)).inputs(group, NAME)["egress"];
    const https = { fromPort: 443, toPort: 443 };
    const inside = expect.objectContaining({ ...https, cidrBlocks: ["10.7.0.0/16"] }) as unknown;
    const s3 = expect.objectContaining({ ...https, prefixListIds: [expect.any(String)] }) as unknown;
    expect(await egress({})).toEqual([inside, s3]);
    expect(await egress({ needs: { ...NEEDS, reachesInternet: true } })).toEqual([
      inside,
      s3,
      expect.objectContaining({ ...https, cidrBlocks: PUBLIC_RANGES }),
    ]);
    const reachesNetworks = ["10.200.8.0/24"];
    expect(await egress({ needs: { ...NEEDS, reachesNetworks } })).toEqual([
      inside,
      s3,
      expect.objectContaining({ ...https, cidrBlocks: reachesNetworks }),
    ]);
    const groupIds = ["sg-00000000000000000"];
    await expect(plan({ needs: { ...NEEDS, groupIds } })).rejects.toThrow("sg-00000000000000000");
  });

  it("is offered by a gateway that signs as itself and passes on what the interceptor writes, and never the caller's token", async () => {
    const it = await plan();
    const target = it.one("aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget", "internal-database");
    expect(target.inputs).toMatchObject({
      name: "database",
      credentialProviderConfiguration: { gatewayIamRole: { service: "bedrock-agentcore" } },
    });
    expect(target.inputs["metadataConfiguration"]).toEqual({
      allowedRequestHeaders: [...Object.values(CONTEXT_HEADER), "traceparent", "Mcp-Session-Id"],
      allowedResponseHeaders: ["Mcp-Session-Id", "Deprecation", "Sunset", "Warning"],
    });
    expect(target.inputs).toHaveProperty(
      "targetConfiguration.mcp.mcpServer.endpoint",
      expect.stringMatching(
        /^https:\/\/bedrock-agentcore\.eu-west-1\.amazonaws\.com\/runtimes\/arn%3Aaws%3A[\w%-]+\/invocations\?qualifier=production$/,
      ),
    );
  });

  it("waits with the target until the gateway may call and nobody else can", async () => {
    const it = await plan();
    const target = it.one("aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget", "internal-database");
    const policy = "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy";
    expect(target.dependencies).toEqual(
      expect.arrayContaining([
        it.one("aws:iam/rolePolicy:RolePolicy", "internal-database").urn,
        it.one(policy, `${NAME}-runtime`).urn,
        it.one(policy, `${NAME}-endpoint`).urn,
      ]),
    );
  });

  it("gives its role its own image, its own log and its own telemetry, and nothing else", async () => {
    const it = await plan();
    const granted = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", NAME)["policy"]);
    expect(granted.map((statement) => [statement["Action"], statement["Resource"]])).toEqual([
      [
        ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "arn:aws:ecr:eu-west-1:111122223333:repository/alicerce/mcp-database",
      ],
      [["ecr:GetAuthorizationToken"], "*"],
      [
        ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents", "logs:PutResourcePolicy"],
        ["arn:aws:logs:eu-west-1:111122223333:log-group:/aws/bedrock-agentcore/runtimes/xyz_gmbh_mcp_database_v3-*"],
      ],
      [["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"], "*"],
      [["cloudwatch:PutMetricData"], "*"],
    ]);
  });

  it("delivers its lines and its spans to the tenant's own destinations", async () => {
    const it = await plan();
    const delivery = it.one("aws:cloudwatch/logDelivery:LogDelivery", `${NAME}-lines`);
    const destination = it.one("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination", "logs-lines");
    expect(delivery.propertyDependencies?.["deliveryDestinationArn"]).toEqual([destination.urn]);
    expect(it.inputs("aws:cloudwatch/logDeliverySource:LogDeliverySource", `${NAME}-spans`)).toMatchObject({
      name: `xyz-gmbh-${NAME}-spans`,
      logType: "TRACES",
    });
  });

  it("of an older major says in a tag when it goes", async () => {
    const release = { version: "2.2.0", digest: DIGEST, deprecatedOn: "2026-09-01", removeOn: "2027-09-01" } as const;
    const { tags } = (await plan({ release })).inputs(RUNTIME, NAME);
    expect(tags).toMatchObject({ "alicerce:remove-on": "2027-09-01" });
    const newest = (await plan()).inputs(RUNTIME, NAME);
    expect(newest["tags"]).not.toHaveProperty("alicerce:remove-on");
  });
});

describe("McpServer on trial", () => {
  const TARGET = "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget";
  const release = { version: "3.2.0", digest: DIGEST, weight: 10 } as const;

  it("runs beside the newest release, behind a target of its own", async () => {
    const it = await plan({}, { release, targetName: "database-candidate" });
    expect(it.inputs(RUNTIME, "mcp-database-candidate")).toMatchObject({
      agentRuntimeName: "xyz_gmbh_mcp_database_next",
      tags: { "alicerce:version": "3.2.0", "alicerce:track": "candidate" },
    });
    const newest = it.inputs(RUNTIME, NAME);
    expect(newest).toMatchObject({ agentRuntimeName: "xyz_gmbh_mcp_database_v3" });
    expect(newest["tags"]).not.toHaveProperty("alicerce:track");
    expect(it.names(TARGET)).toEqual(["internal-database", "internal-database-candidate"]);
    expect(it.inputs(TARGET, "internal-database-candidate")).toMatchObject({ name: "database-candidate" });
  });
});
