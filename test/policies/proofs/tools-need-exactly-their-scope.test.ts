import { describe, expect, it } from "vitest";
import { cedarPolicies, type ToolGrant } from "../../../components/gateway/cedar-policies.ts";
import type { Described } from "../programs.ts";
import { toolsNeedExactlyTheirScope } from "../../../policies/proofs/tools-need-exactly-their-scope.ts";
import { MCP_CONTRACTS } from "../../../releases/tool-catalogue.ts";
import { gatewayArn, gatewayWith, permit, serverBehind, tag } from "./cedar/gateways.ts";
import { ACME, planIn, verdictOf, waysOf } from "./platforms.ts";

/** A server with published tools, as a gateway names them. */
const TOOLS: readonly ToolGrant[] = Object.entries(MCP_CONTRACTS["database"]?.["1"]?.tools ?? {}).map(([name, it]) => ({
  name: `database___${name}`,
  scope: it.scope,
}));

const found = (statements: readonly string[], ...more: readonly Described[]): readonly string[] =>
  waysOf(
    verdictOf(
      toolsNeedExactlyTheirScope,
      planIn(ACME, ...gatewayWith("g", ...statements), ...serverBehind("g", "database", "1.4.2"), ...more),
    ),
  );

function written(tools: readonly ToolGrant[], scopePrefix?: string): readonly string[] {
  const args = { tenant: "acme-corp", tools, ...(scopePrefix !== undefined && { scopePrefix }) };
  return cedarPolicies(args).map((it) => it.statement(gatewayArn("g")));
}

describe("a tool that can be called with another scope is found", () => {
  const [first, ...others] = TOOLS;
  const name = first?.name ?? "";

  it("because the permits say so", () => {
    const all = found(written([{ name, scope: "mcp:write" }, ...others]));
    expect(all).toHaveLength(2);
    expect(all.join("\n")).toContain(`must not permit "${name}" to callers with mcp:write.`);
    expect(all.join("\n")).toContain(`"g" must permit "${name}" to callers with mcp:read.`);
  });

  it("also where it is permitted twice", () => {
    const twice = permit("g", `action == AgentCore::Action::"${name}"`, `when { ${tag("scope", "mcp:write")} }`);
    expect(found([...written(TOOLS), twice])).toEqual([
      expect.stringContaining(
        `must not permit "${name}" to callers with mcp:write.\nThe published contract of the tool names mcp:read.`,
      ),
    ]);
  });

  it.each<[string, string]>([
    ["none", ""],
    ["a part of a word", 'when { principal.getTag("scope") like "*mcp:read*" }'],
    ["one of two", `when { ${tag("scope", "mcp:read")} || ${tag("scope", "x")} }`],
    ["an unknown one", `when { ${tag("scope", "mcp:everything")} }`],
    ["the lack of one", `unless { ${tag("scope", "mcp:read")} }`],
  ])("because a permit demands %s", (_, condition) => {
    const extra = permit("g", `action == AgentCore::Action::"${name}"`, condition);
    expect(found([...written(TOOLS), extra])).toEqual([
      expect.stringContaining('must demand one scope of the gateway "g".'),
    ]);
  });

  it("because a permit leaves the tool open, or names one that no target offers", () => {
    const open = permit("g", "action", `when { ${tag("scope", "mcp:read")} }`);
    expect(found([...written(TOOLS), open])[0]).toContain("must list the tools that it permits.");
    const unknown = written([...TOOLS, { name: "database___drop", scope: "mcp:read" }]);
    expect(found(unknown)[0]).toContain('must not permit "database___drop", which no target of the gateway offers.');
  });

  it("because a permit takes the scope of another gateway", () => {
    const [engine, gateway, ...policies] = gatewayWith("g", ...written(TOOLS, "b2b"));
    const authorizerConfiguration = { customJwtAuthorizer: { allowedScopes: ["b2c/mcp.read"] } };
    const strict = { ...gateway!, inputs: { ...gateway!.inputs, authorizerConfiguration } };
    const all = verdictOf(
      toolsNeedExactlyTheirScope,
      planIn(ACME, engine!, strict, ...policies, ...serverBehind("g", "database", "1.4.2")),
    );
    expect(waysOf(all)[0]).toContain("It demands b2b/mcp.read.");
  });
});

describe("what the platform writes holds", () => {
  it.each([undefined, "production.us-east-1.acme-corp.b2c"])("with the prefix %s", (prefix) => {
    expect(TOOLS.length).toBeGreaterThan(2);
    expect(found(written(TOOLS, prefix))).toEqual([]);
  });

  it("beside a target without a published contract", () => {
    const foreign = { name: "crm___search", scope: "mcp:read" } as const;
    expect(found(written([...TOOLS, foreign]), ...serverBehind("g", "crm", "1.0.0"))).toEqual([]);
    expect(found(written([...TOOLS, foreign]))).toHaveLength(1);
  });
});
