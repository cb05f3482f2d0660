import { describe, expect, it } from "vitest";
import type { ServerContract } from "../../contracts/server-contract.ts";
import {
  candidateOfService,
  deployedFor,
  interceptorCatalogue,
  type McpData,
  offersOf,
  offersOfService,
  toolsOf,
} from "../../releases/published-servers.ts";
import { UNBUILT } from "../../releases/releases.ts";
import { interceptorCatalogueSchema } from "../../contracts/interceptor-catalogue.ts";

const read = { scope: "mcp:read", permission: "read:data", classification: "internal" } as const;
const write = { scope: "mcp:write", permission: "write:data", classification: "restricted" } as const;
const contract = (it: Partial<ServerContract>): ServerContract => ({
  tools: {},
  prompts: {},
  resources: {},
  awsCalls: [],
  ...it,
});
const removal = { deprecatedOn: "2026-01-01", removeOn: "2027-01-01" } as const;

const DATA: McpData = {
  servers: {
    notes: {
      scenarios: ["internal", "b2b"],
      releases: [
        { version: "2.1.0", digest: UNBUILT },
        { version: "1.4.2", digest: UNBUILT, ...removal },
      ],
      candidate: { version: "3.0.0", digest: UNBUILT, weight: 10 },
    },
    files: { scenarios: ["b2b"], releases: [{ version: "1.0.0", digest: UNBUILT }] },
  },
  contracts: {
    notes: {
      "1": contract({ tools: { list: read }, resources: { "notes://all/": write } }),
      "2": contract({ tools: { list: read, add: write }, prompts: { sum: read }, resources: { "notes://all/": read } }),
      "3": contract({ tools: { search: read, list: read, add: read } }),
    },
    files: { "1": contract({ tools: { list: read } }) },
  },
};

describe("what gateways offer", () => {
  it("is the newest release under the server's own name, and older ones with their major", () => {
    expect(offersOfService("notes", DATA).map((it) => [it.targetName, it.server, it.release.version])).toEqual([
      ["notes", "mcp-notes", "2.1.0"],
      ["notes-v1", "mcp-notes", "1.4.2"],
    ]);
  });

  it("depends on the scenario", () => {
    expect(offersOf("internal", DATA).map((it) => it.targetName)).toEqual(["notes", "notes-v1"]);
    expect(offersOf("b2b", DATA).map((it) => it.targetName)).toEqual(["notes", "notes-v1", "files"]);
    expect(offersOf("b2c", DATA)).toEqual([]);
  });

  it("names tools as callers see them, of each release those that it has", () => {
    expect(toolsOf(offersOf("internal", DATA))).toEqual([
      { name: "notes___list", ...read },
      { name: "notes___add", ...write },
      { name: "notes-v1___list", ...read },
    ]);
  });

  it("does not hold what is on trial, which runs behind the same gateways and has a contract of its own", () => {
    expect(candidateOfService("notes", DATA)).toMatchObject({
      targetName: "notes-candidate",
      release: { version: "3.0.0", weight: 10 },
      contract: { tools: { search: read } },
    });
    expect(candidateOfService("files", DATA)).toBeUndefined();
    const targets = deployedFor("b2b", DATA).map((it) => it.targetName);
    expect(targets).toEqual(["notes", "notes-v1", "files", "notes-candidate"]);
    expect(deployedFor("b2c", DATA)).toEqual([]);
  });

  it("is not known of a major without a contract", () => {
    expect(() => offersOfService("notes", { ...DATA, contracts: { notes: {} } })).toThrow(
      "there is no contract of notes 2.1.0: run `npm run build`",
    );
  });
});

describe("an interceptor's catalogue", () => {
  const catalogue = interceptorCatalogueSchema.parse(interceptorCatalogue("internal", DATA));

  it("says what is behind each target, and what scope it takes", () => {
    expect(catalogue).toEqual({
      servers: { notes: "mcp-notes", "notes-v1": "mcp-notes" },
      tools: {
        x_amz_bedrock_agentcore_search: { ...read, permission: "read:tools" },
        notes___list: read,
        notes___add: write,
        "notes-v1___list": read,
      },
      prompts: { notes___sum: read },
      resources: { "notes://all/": { target: "notes", ...read } },
      routes: {},
      trials: { notes: { target: "notes-candidate", percent: 10, tools: ["list"] } },
    });
  });

  it("names no trial where there is no candidate, and never what callers could name of one", () => {
    const { trials, ...named } = catalogue;
    expect(JSON.stringify(named)).not.toContain("candidate");
    const { candidate, ...released } = DATA.servers["notes"]!;
    expect(candidate).toBeDefined();
    const after = interceptorCatalogue("internal", { ...DATA, servers: { ...DATA.servers, notes: released } });
    expect(interceptorCatalogueSchema.parse(after)).toEqual({ ...catalogue, trials: {} });
    expect(trials).not.toEqual({});
  });

  it.each([0, 100, 12.5, "10"])("refuses a share of %j", (percent) => {
    const trial = { target: "notes-candidate", percent, tools: [] };
    expect(interceptorCatalogueSchema.safeParse({ ...catalogue, trials: { notes: trial } }).success).toBe(false);
  });
});
