import { describe, expect, it } from "vitest";
import major from "semver/functions/major.js";
import { MCP_SERVERS } from "../../../../releases/releases.ts";
import { MCP_CONTRACTS } from "../../../../releases/tool-catalogue.ts";
import { ApiIntegrationConfig } from "../../../../services/mcp/api-integration/config.ts";
import { DatabaseConfig } from "../../../../services/mcp/database/config.ts";
import { DevelopmentConfig } from "../../../../services/mcp/development/config.ts";
import { FilesConfig } from "../../../../services/mcp/files/config.ts";
import { statements } from "../../../components/planned.ts";
import { ACME, resourceOf, resourcesOf, resourcesOfType, variablesOf, XYZ } from "../../plans.ts";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const SCHEMAS: Readonly<Record<string, { safeParse(value: unknown): { success: boolean; error?: unknown } }>> = {
  "api-integration": ApiIntegrationConfig,
  database: DatabaseConfig,
  development: DevelopmentConfig,
  files: FilesConfig,
};

/** What a server calls by itself, before any tool does: the database's keys, once, when it starts. */
const AT_START: Readonly<Record<string, readonly string[]>> = {
  database: ["kms:Decrypt", "secretsmanager:GetSecretValue"],
  "api-integration": ["kms:Decrypt", "s3:GetObject"],
};

const RETAINED = Object.entries(MCP_SERVERS).flatMap(([service, { releases }]) =>
  releases.flatMap((it) => (it === undefined ? [] : [[service, major(it.version)] as const])),
);

describe("the tenant's servers", () => {
  it.each(RETAINED)("%s %s starts with what it is given", (service, major) => {
    const { success, error } = SCHEMAS[service]!.safeParse(
      variablesOf(resourceOf(ACME, RUNTIME, `mcp-${service}-v${major}`)),
    );
    expect(error).toBeUndefined();
    expect(success).toBe(true);
  });

  it.each(RETAINED)("%s %s is granted exactly what its contract says that it calls", (service, major) => {
    const name = `mcp-${service}-v${major}`;
    const granted = resourcesOfType(ACME, "aws:iam/rolePolicy:RolePolicy")
      .filter((it) => it.name.startsWith(`${name}-`))
      .flatMap((it) => statements(it.inputs["policy"]))
      .flatMap((it) => it["Action"] as string[]);
    const called = [...MCP_CONTRACTS[service]![major]!.awsCalls, ...(AT_START[service] ?? [])];
    expect([...new Set(granted)].sort()).toEqual([...new Set(called)].sort());
  });

  it("tell the clients of an older major when it goes", () => {
    const [newest, second] = MCP_SERVERS["database"]!.releases;
    const of = (version = "") => variablesOf(resourceOf(ACME, RUNTIME, `mcp-database-v${major(version)}`));
    expect(of(newest.version)).not.toHaveProperty("SERVER_DEPRECATION");
    expect(of(second?.version)).toHaveProperty(
      "SERVER_DEPRECATION",
      `${second?.deprecatedOn ?? ""}/${second?.removeOn ?? ""}`,
    );
  });

  it("offers the newest release of a server under its own name, and older ones by major version", () => {
    const targets = resourcesOf(ACME)
      .filter((it) => it.type === "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget")
      .filter((it) => it.name.startsWith("b2c-"));
    expect(targets.map((it) => it.inputs["name"]).sort()).toEqual([
      "api-integration",
      "api-integration-v1",
      "database",
      "database-v1",
      "database-v2",
    ]);
  });

  it("gives the database server its own database, and nothing that is secret", () => {
    const resources = resourcesOf(XYZ);
    const runtime = resources.find((it) => it.type.endsWith(":AgentcoreAgentRuntime") && it.name === "mcp-database-v3");
    const variables = runtime?.inputs["environmentVariables"];
    expect(DatabaseConfig.parse(variables)).toMatchObject({
      DATABASE_AUTH: "iam",
      DATABASE_HOST: expect.stringMatching(/^alicerce-xyz-gmbh\.cluster-/) as string,
      DATABASE_USER: "mcp_database",
      DATABASE_SECRET: expect.stringMatching(/:secret:database-setup-keys-/) as string,
    });
    const network = runtime?.propertyDependencies?.["networkConfiguration"] ?? [];
    expect(network.filter((it) => it.endsWith("::database-client"))).not.toEqual([]);
    const other = resources.find((it) => it.type.endsWith(":AgentcoreAgentRuntime") && it.name === "mcp-files-v1");
    expect(
      (other?.propertyDependencies?.["networkConfiguration"] ?? []).filter((it) => it.includes("database")),
    ).toEqual([]);
  });
});
