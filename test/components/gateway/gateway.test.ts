import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { planned, statements } from "../planned.ts";
import { gateway, testTenant, REALM_TOKENS } from "../tenant-programs.ts";

const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
const NAME = "gateway-internal";

const plan = (args?: Parameters<typeof gateway>[2]) => planned((opts) => gateway(testTenant(opts), opts, args));

describe("Gateway", () => {
  it("speaks MCP in both current versions, keeps its data under the tenant's key and hides its errors", async () => {
    const it = (await plan()).one(GATEWAY, NAME);
    expect(it.inputs).toMatchObject({
      name: "xyz-gmbh-internal",
      protocolType: "MCP",
      protocolConfiguration: { mcp: { searchType: "SEMANTIC", supportedVersions: ["2026-07-28", "2025-11-25"] } },
      authorizerType: "CUSTOM_JWT",
      tags: { "alicerce:scenario": "internal" },
    });
    expect(it.inputs).not.toHaveProperty("exceptionLevel");
    expect(it.propertyDependencies?.["kmsKeyArn"]).toEqual([(await plan()).one("aws:kms/key:Key", "key").urn]);
  });

  it("accepts tokens of one issuer, for its audience, that name its tenant", async () => {
    const { authorizerConfiguration } = (await plan()).inputs(GATEWAY, NAME);
    expect(authorizerConfiguration).toEqual({
      customJwtAuthorizer: {
        ...REALM_TOKENS,
        customClaims: [
          {
            inboundTokenClaimName: "tenant_id",
            inboundTokenClaimValueType: "STRING",
            authorizingClaimMatchValue: {
              claimMatchOperator: "EQUALS",
              claimMatchValue: { matchValueString: "xyz-gmbh" },
            },
          },
        ],
      },
    });
  });

  it("knows machines by their clients, since their tokens carry no audience", async () => {
    const { discoveryUrl, allowedScopes } = REALM_TOKENS;
    const tokens = { discoveryUrl, allowedScopes, allowedClients: ["agent"] };
    const { authorizerConfiguration } = (await plan({ tokens })).inputs(GATEWAY, NAME);
    expect(authorizerConfiguration).toMatchObject({ customJwtAuthorizer: { allowedClients: ["agent"] } });
    expect(authorizerConfiguration).not.toHaveProperty("customJwtAuthorizer.allowedAudiences");
  });

  it("has a role that only this gateway assumes: not one whose name merely begins alike", async () => {
    const { assumeRolePolicy } = (await plan()).inputs("aws:iam/role:Role", NAME);
    expect(statements(assumeRolePolicy)).toMatchObject([
      {
        Condition: {
          ArnLike: {
            "aws:SourceArn": "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/xyz-gmbh-internal-??????????",
          },
        },
      },
    ]);
  });

  it("delivers what its tenant's logs take: the lines of a gateway hold what was asked and answered", async () => {
    const source = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
    const spans = await planned((opts) => gateway(testTenant(opts, ["TRACES"]), opts));
    expect(spans.names(source)).toEqual([`${NAME}-spans`]);
    const both = await plan();
    expect(both.names(source)).toEqual([`${NAME}-lines`, `${NAME}-spans`]);
    expect(both.inputs(source, `${NAME}-lines`)).toMatchObject({ logType: "APPLICATION_LOGS" });
  });

  it("has every call seen by its interceptor, before and after, with its headers", async () => {
    const it = (await plan()).one(GATEWAY, NAME);
    expect(it.inputs["interceptorConfigurations"]).toEqual([
      {
        interceptionPoints: ["REQUEST", "RESPONSE"],
        interceptor: {
          lambda: { arn: expect.stringMatching(/^arn:aws:lambda:eu-west-1:111122223333:function:/) as string },
        },
        inputConfiguration: { passRequestHeaders: true },
      },
    ]);
  });

  it("lets a policy engine decide, and may ask it before it exists itself", async () => {
    const found = await plan();
    const it = found.one(GATEWAY, NAME);
    expect(it.inputs["policyEngineConfiguration"]).toEqual({
      arn: expect.stringContaining(":policy-engine/xyz_gmbh_internal-") as string,
      mode: "ENFORCE",
    });
    const policy = "aws:iam/rolePolicy:RolePolicy";
    expect(it.dependencies).toEqual(
      expect.arrayContaining([found.one(policy, `${NAME}-interceptor`).urn, found.one(policy, `${NAME}-policies`).urn]),
    );
  });

  it.each([
    ["errors", "SUM(SystemErrors)", 0],
    ["throttles", "SUM(Throttles)", 0],
    ["duration", "AVG(Duration)", 1_000],
  ])("raises an alarm by its %s, whatever dimensions the metric has", async (kind, what, threshold) => {
    const it = await plan();
    const alarm = it.one("aws:cloudwatch/metricAlarm:MetricAlarm", `${NAME}-${kind}`);
    const arn = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/xyz-gmbh-internal-";
    const expression = expect.stringContaining(
      `SELECT ${what} FROM "AWS/Bedrock-AgentCore" WHERE Resource = '${arn}`,
    ) as string;
    expect(alarm.inputs).toMatchObject({
      threshold,
      metricQueries: [{ expression, period: 60, returnData: true }],
    });
    expect(alarm.propertyDependencies?.["alarmActions"]).toEqual([it.one("aws:sns/topic:Topic", "alerts").urn]);
  });

  it("is replaced where AgentCore may refuse to change it", async () => {
    const seen = new Map<string, readonly string[] | undefined>();
    await planned((opts) => {
      const transforms = [
        (it: pulumi.ResourceTransformationArgs) => {
          seen.set(it.type, it.opts.replaceOnChanges);
          return undefined;
        },
      ];
      gateway(testTenant(opts), { ...opts, transformations: transforms });
    });
    expect(seen.get(GATEWAY)).toEqual(["authorizerType", "protocolConfiguration.mcp.supportedVersions"]);
  });
});
