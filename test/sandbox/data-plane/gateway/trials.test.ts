import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { interceptorCatalogueSchema } from "../../../../contracts/interceptor-catalogue.ts";
import {
  defineTool,
  type Call,
  type ServerDefinition,
} from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { createMcpHost } from "../../../../services/libraries/mcp-host/host.ts";
import type { McpHost } from "../../../../services/libraries/mcp-host/http/listener.ts";
import { contextTokenVerifier } from "../../../../services/libraries/service-kit/tokens/context-token.ts";
import { contextKey, token } from "../../../services/gateway-interceptor/fixture.ts";
import { ask, call, catalogue, policies, target, whole, type Whole } from "./fixture.ts";
import { database, type Traces } from "./servers.ts";

const PERCENT = 25;
const TRIED = "database-candidate___query";
const traces: Traces = { ran: [], aborted: [] };

/** The next release of the database: its query says that it is, one tool is new, and the others are gone. */
const candidate: ServerDefinition<Traces> = {
  ...database,
  version: "1.1.0",
  tools: ["query", "extra"].map((name) =>
    defineTool({
      name,
      title: name,
      description: `The ${name} of the next release`,
      scope: "mcp:read",
      permission: "read:data",
      classification: "internal",
      awsCalls: [],
      input: z.object({}),
      run: (_, { services }: Call<Traces>) => {
        services.ran.push(name);
        return Promise.resolve("candidate");
      },
    }),
  ),
};

/** All that either release has is permitted, so that only the interceptor keeps callers from it. */
const permitted = [
  ...Object.entries(catalogue.tools).map(([name, { scope }]) => ({ name, scope })),
  ...candidate.tools.map(({ name }) => ({ name: `database-candidate___${name}`, scope: "mcp:read" })),
] as Parameters<typeof policies>[0];

let host: McpHost;
let onTrial: Whole;
let over: Whole;
beforeAll(async () => {
  host = createMcpHost(candidate, {
    services: traces,
    allowedHosts: ["127.0.0.1"],
    log: { warn: () => undefined, error: () => undefined },
    verifyContext: contextTokenVerifier({
      issuer: "urn:alicerce:interceptor:acme-corp",
      audience: candidate.name,
      tenantId: "acme-corp",
      publicKeys: contextKey.publicKeys,
    }),
  });
  const origin = `http://127.0.0.1:${await host.listen(0, "127.0.0.1")}`;
  const started = (trials: object) =>
    whole({
      options: { targets: [target("database-candidate", origin)], policies: policies(permitted) },
      dependencies: { catalogue: interceptorCatalogueSchema.parse({ ...catalogue, trials }) },
    });
  const trial = { target: "database-candidate", percent: PERCENT, tools: ["query"] };
  [onTrial, over] = await Promise.all([started({ database: trial }), started({})]);
});
afterAll(async () => {
  await Promise.all([onTrial.stop(), over.stop(), host.stop()]);
});

const people = Array.from({ length: 400 }, (_, index) => `person-${index}`);
const authorized = async (sub: string) => ({ authorization: `Bearer ${await token({ sub })}` });

/** Whether the candidate answers what a person asks of the database. */
async function meets(it: Whole, person: string, isModern = true): Promise<boolean> {
  const { text } = await call(it, "database___query", {}, { ...(await authorized(person)), isModern });
  expect(text).toMatch(/"text":"(candidate)?"/);
  return text.includes("candidate");
}

async function thoseWhoMeet(it: Whole, some: readonly string[], isModern = true): Promise<readonly string[]> {
  const met: string[] = [];
  for (let i = 0; i < some.length; i += 20) {
    const batch = some.slice(i, i + 20);
    const answers = await Promise.all(batch.map((person) => meets(it, person, isModern)));
    met.push(...batch.filter((_, at) => answers[at]));
  }
  return met;
}

describe("a release on trial", () => {
  test("answers its share of the callers, the same ones every time and in either revision", async () => {
    const met = await thoseWhoMeet(onTrial, people);
    // Three standard deviations of 400 callers at 25 %.
    expect(Math.abs(met.length - 100)).toBeLessThan(26);
    expect(traces.ran).toHaveLength(met.length);
    expect(onTrial.traces.ran).toHaveLength(people.length - met.length);
    const again = people.slice(0, 100);
    const before = met.filter((it) => again.includes(it));
    expect(await thoseWhoMeet(onTrial, again)).toEqual(before);
    expect(await thoseWhoMeet(onTrial, again, false)).toEqual(before);
  });

  test("leaves what it lacks to the newest release", async () => {
    const [person] = await thoseWhoMeet(onTrial, people.slice(0, 40));
    const { json } = await call(onTrial, "database___whoami", {}, await authorized(person ?? ""));
    expect(json.result?.content[0]?.text).toContain("acme-corp");
  });

  test.each([TRIED, "database-candidate___extra"])("cannot be called by name: %s", async (name) => {
    traces.ran.length = 0;
    for (const isModern of [true, false])
      expect((await call(onTrial, name, {}, { isModern })).json.error?.data?.code).toBe("ERR_TARGET_UNKNOWN");
    expect(traces.ran).toEqual([]);
  });

  test.each([
    ["tools/list", {}],
    ["prompts/list", {}],
    [
      "tools/call",
      { name: "x_amz_bedrock_agentcore_search", arguments: { query: "query of the next release, extra" } },
    ],
  ])("is shown by no list: %s", async (method, params) => {
    const { text } = await ask(onTrial, method, params);
    expect(text).toContain(method === "prompts/list" ? "database___explain" : "database___query");
    expect(text).not.toContain("candidate");
  });

  test("that is over, or was promoted, is sent nothing", async () => {
    traces.ran.length = 0;
    expect(await thoseWhoMeet(over, people.slice(0, 100))).toEqual([]);
    expect(traces.ran).toEqual([]);
    expect(over.traces.ran).toHaveLength(100);
  });
});
