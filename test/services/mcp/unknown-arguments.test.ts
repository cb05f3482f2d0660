import { describe, expect, test } from "vitest";
import * as z from "zod";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { defineTool } from "../../../services/libraries/mcp-host/definition/definition.ts";
import { MCP_DEFINITIONS } from "../../../tools/build/mcp-servers.ts";
import { callTool, listening } from "../libraries/mcp-host/calls.ts";
import { retainedReleases } from "./contracts/test-contract.ts";

const releases = Object.keys(MCP_SERVERS).flatMap((service) =>
  retainedReleases(service).map(({ version }) => [service, version] as const),
);

describe("every tool refuses arguments that it does not know", () => {
  test.each(releases)("%s %s", async (service, version) => {
    const definition = await MCP_DEFINITIONS[service]?.(version);
    const open = definition?.tools.filter(
      ({ input }) => input["~standard"].jsonSchema.input({ target: "draft-2020-12" })["additionalProperties"] !== false,
    );
    expect(open?.map((it) => it.name)).toEqual([]);
  });

  test("and names them", async () => {
    const ran: object[] = [];
    const list = defineTool({
      name: "list",
      title: "List",
      description: "Lists.",
      scope: "mcp:read",
      permission: "read:data",
      classification: "internal",
      awsCalls: [],
      input: z.object({ limit: z.int().optional() }),
      run: (args: object) => {
        ran.push(args);
        return Promise.resolve("listed");
      },
    });
    const definition = { name: "mcp-list", title: "List", version: "1.0.0", tools: [list] };
    const it = await listening(definition, undefined);
    try {
      const { json } = await callTool(it, "list", { limit: 1, tenant: "xyz-gmbh" });
      expect(json.result?.isError).toBe(true);
      expect(json.result?.content[0]?.text).toContain('"tenant"');
      expect(ran).toEqual([]);
    } finally {
      await it.host.stop();
    }
  });
});
