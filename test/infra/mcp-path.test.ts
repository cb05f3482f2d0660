import { beforeAll, describe, expect, it } from "vitest";
import { MCP_CONTRACTS } from "../../releases/tool-catalogue.ts";
import { deployedFor, interceptorCatalogue } from "../../releases/published-servers.ts";
import { MCP_SERVERS } from "../../releases/releases.ts";
import type { Scenario } from "../../environments/schema.ts";
import major from "semver/functions/major.js";
import type { PlannedResource } from "../../plan/model.ts";
import { interceptorCatalogueSchema } from "../../contracts/interceptor-catalogue.ts";
import { readConfig } from "../../services/gateway-interceptor/config.ts";
import { ApiIntegrationConfig } from "../../services/mcp/api-integration/config.ts";
import { DatabaseConfig } from "../../services/mcp/database/config.ts";
import { DevelopmentConfig } from "../../services/mcp/development/config.ts";
import { FilesConfig } from "../../services/mcp/files/config.ts";
import { planStacks } from "../../tools/offline-planner/plan.ts";
import { statements } from "../components/planned.ts";

const STACK = "production.us-east-1.acme-corp";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const SCENARIOS: readonly Scenario[] = ["internal", "b2c", "b2b"];
const SCHEMAS: Readonly<Record<string, { safeParse(value: unknown): { success: boolean; error?: unknown } }>> = {
  "api-integration": ApiIntegrationConfig,
  database: DatabaseConfig,
  development: DevelopmentConfig,
  files: FilesConfig,
};

/** What a server calls by itself, before any tool does: the database's keys, once, when it starts. */
const AT_START: Readonly<Record<string, readonly string[]>> = {
  database: ["kms:Decrypt", "secretsmanager:GetSecretValue"],
  "api-integration": ["kms:Decrypt"],
};

const RETAINED = Object.entries(MCP_SERVERS).flatMap(([service, { releases }]) =>
  releases.flatMap((it) => (it === undefined ? [] : [[service, major(it.version)] as const])),
);

let resources: readonly PlannedResource[];
let boundary: PlannedResource;
beforeAll(async () => {
  const [environment, tenant] = await planStacks(["production", STACK], { preview: "known" });
  resources = tenant!.plan.resources;
  boundary = environment!.plan.resources.find((it) => it.type === "aws:iam/policy:Policy")!;
});

const ofType = (type: string): readonly PlannedResource[] => resources.filter((it) => it.type === type);
const one = (type: string, name: string): PlannedResource => ofType(type).find((it) => it.name === name)!;
const variablesOf = (it: PlannedResource): unknown =>
  it.inputs["environmentVariables"] ?? (it.inputs["environment"] as { variables: unknown }).variables;

describe("the tenant's servers", () => {
  it.each(RETAINED)("%s %s starts with what it is given", (service, major) => {
    const { success, error } = SCHEMAS[service]!.safeParse(variablesOf(one(RUNTIME, `mcp-${service}-v${major}`)));
    expect(error).toBeUndefined();
    expect(success).toBe(true);
  });

  it.each(RETAINED)("%s %s is granted exactly what its contract says that it calls", (service, major) => {
    const name = `mcp-${service}-v${major}`;
    const granted = ofType("aws:iam/rolePolicy:RolePolicy")
      .filter((it) => it.name.startsWith(`${name}-`))
      .flatMap((it) => statements(it.inputs["policy"]))
      .flatMap((it) => it["Action"] as string[]);
    const called = [...MCP_CONTRACTS[service]![major]!.awsCalls, ...(AT_START[service] ?? [])];
    expect([...new Set(granted)].sort()).toEqual([...new Set(called)].sort());
  });

  it("tell the clients of an older major when it goes", () => {
    const [newest, second] = MCP_SERVERS["database"]!.releases;
    const of = (version = "") => variablesOf(one(RUNTIME, `mcp-database-v${major(version)}`));
    expect(of(newest.version)).not.toHaveProperty("SERVER_DEPRECATION");
    expect(of(second?.version)).toHaveProperty(
      "SERVER_DEPRECATION",
      `${second?.deprecatedOn ?? ""}/${second?.removeOn ?? ""}`,
    );
  });
});

describe("the permissions boundary", () => {
  it("lets through every action that anything in the tenant's stack is granted", () => {
    const actionsOf = (policy: unknown) => statements(policy).flatMap((it) => it["Action"] as string[]);
    const most = new Set(actionsOf(boundary.inputs["policy"]));
    const granted = ofType("aws:iam/rolePolicy:RolePolicy").flatMap((it) => actionsOf(it.inputs["policy"]));
    expect([...new Set(granted)].filter((it) => !most.has(it))).toEqual([]);
    expect(granted.length).toBeGreaterThan(50);
  });
});

describe("the tenant's interceptors", () => {
  const functionOf = (scenario: Scenario) => one("aws:lambda/function:Function", `interceptor-${scenario}`);

  it.each(SCENARIOS)("start with what they are given for %s, within what Lambda takes", (scenario) => {
    const variables = variablesOf(functionOf(scenario)) as Record<string, string>;
    expect(readConfig(variables)).toMatchObject({ TENANT_ID: "acme-corp", SCENARIO: scenario });
    expect(Buffer.byteLength(JSON.stringify(variables))).toBeLessThan(4_096);
  });

  it.each(SCENARIOS)("run the bundle for %s with the catalogue of what is behind their gateway", (scenario) => {
    const { assets } = functionOf(scenario).inputs["code"] as {
      readonly assets: Readonly<Record<string, { readonly text?: string; readonly path?: string }>>;
    };
    expect(assets["index.mjs"]?.path).toMatch(/\/dist\/gateway-interceptor\/index\.mjs$/);
    const catalogue = interceptorCatalogueSchema.parse(JSON.parse(assets["catalogue.json"]?.text ?? ""));
    expect(catalogue).toEqual(interceptorCatalogueSchema.parse(interceptorCatalogue(scenario)));
    const targets = ofType("aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget")
      .filter((it) => it.name.startsWith(`${scenario}-`))
      .map((it) => it.inputs["name"]);
    expect(targets.sort()).toEqual(
      deployedFor(scenario)
        .map(({ targetName }) => targetName)
        .sort(),
    );
  });

  it("and the servers believe one another by one key", () => {
    const [issuer, ...others] = new Set([
      ...SCENARIOS.map((it) => (variablesOf(functionOf(it)) as Record<string, string>)["CONTEXT_ISSUER"]),
      ...RETAINED.map(
        ([service, major]) =>
          (variablesOf(one(RUNTIME, `mcp-${service}-v${major}`)) as Record<string, string>)["CONTEXT_ISSUER"],
      ),
    ]);
    expect([issuer, others]).toEqual([`urn:alicerce:interceptor:${STACK}`, []]);
  });
});

describe("the tenant's policies", () => {
  it.each(SCENARIOS)("come after the targets of the gateway for %s, and name its tools", (scenario) => {
    const policies = ofType("aws:bedrock/agentcorePolicy:AgentcorePolicy").filter((it) =>
      it.name.startsWith(`${scenario}-`),
    );
    const targets = ofType("aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget").filter((it) =>
      it.name.startsWith(`${scenario}-`),
    );
    for (const it of policies) expect(it.dependencies).toEqual(expect.arrayContaining(targets.map(({ urn }) => urn)));
    const text = policies.map((it) => JSON.stringify(it.inputs["definition"])).join();
    const tools = deployedFor(scenario).flatMap(({ targetName, contract }) =>
      Object.keys(contract.tools).map((tool) => `${targetName}___${tool}`),
    );
    expect(tools.filter((it) => !text.includes(`AgentCore::Action::\\"${it}\\"`))).toEqual([]);
  });
});
