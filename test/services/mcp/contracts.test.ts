import major from "semver/functions/major.js";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import {
  defineTool,
  type ServerDefinition,
  type Tool,
} from "../../../services/libraries/mcp-host/definition/definition.ts";
import { brokenPromises } from "./contracts/broken-promises.ts";
import { Contract, contractOf, type Example } from "./contracts/contract.ts";
import { mismatch } from "./contracts/pattern.ts";
import { retainedReleases } from "./contracts/test-contract.ts";

describe.each(Object.keys(MCP_SERVERS))("the clients of %s", (service) => {
  test.each(retainedReleases(service))("of $version have examples of what they rely on", ({ version }) => {
    expect(contractOf(service, major(version)).length).toBeGreaterThan(0);
  });

  test("are tried against its servers", () => {
    expect(existsSync(path.join(import.meta.dirname, service, "contracts.test.ts"))).toBe(true);
  });
});

describe("a server that breaks a promise is found out", () => {
  const examples = Contract.parse([
    {
      name: "adds",
      method: "tools/call",
      params: { name: "add", arguments: { a: 1, b: 20 } },
      answer: { structuredContent: { sum: 21, isExact: true } },
    },
    { name: "lists", method: "tools/list", answer: { tools: { $some: { name: "add" } } } },
  ]);

  test("and one that keeps them all is not", async () => {
    expect(await broken(notes("2.0.0", add({})))).toEqual([]);
    expect(
      await broken(notes("2.0.0", add({ output: { sum: z.number(), isExact: z.boolean(), more: z.string() } }))),
    ).toEqual([]);
  });

  test.each<[string, Tool<undefined>, string]>([
    ["renames a tool", add({ name: "plus" }), "adds: answer.structuredContent is missing"],
    [
      "drops a member of the answer",
      add({ output: { sum: z.number() } }),
      "adds: answer.structuredContent.isExact is missing",
    ],
    [
      "gives another type",
      add({ output: { sum: z.string(), isExact: z.boolean() } }),
      'adds: answer.structuredContent.sum is "21", not 21',
    ],
    [
      "takes less",
      add({ input: { a: z.number(), b: z.number().max(10) } }),
      "adds: answer.structuredContent is missing",
    ],
    [
      "wants more",
      add({ input: { a: z.number(), b: z.number(), c: z.number() } }),
      "adds: answer.structuredContent is missing",
    ],
  ])("that %s", async (_, tool, fault) => {
    expect((await broken(notes("2.0.0", tool)))[0]).toBe(fault);
  });

  describe("when something goes", () => {
    const since = "2.0.0";
    const announced = { since, on: "2026-01-01", removeOn: "2026-07-01", use: "plus" };
    const [example] = examples as [Example];
    const goes = [{ ...example, gone: { since: 3, on: "2026-07-01" } }];
    const without = notes("3.0.0", add({ name: "plus" }));
    const told = notes("2.9.0", { ...add({}), deprecated: announced });

    test.each<[string, ServerDefinition<undefined>, string, readonly string[]]>([
      ["after its day, as was announced", without, "2026-07-01", []],
      ["before its day", without, "2026-06-30", ["adds: must be answered until 2026-07-01"]],
      [
        "and yet is there",
        notes("3.0.0", add({})),
        "2026-07-01",
        ["adds: is answered, although it is said to be gone"],
      ],
      ["and the major before said so", told, "2026-02-01", []],
      [
        "and the major before did not say so",
        notes("2.9.0", add({})),
        "2026-02-01",
        ["adds: goes on 2026-07-01, which major 2 does not announce"],
      ],
      [
        "and the major before named a later day",
        notes("2.9.0", { ...add({}), deprecated: { ...announced, removeOn: "2026-08-01" } }),
        "2026-02-01",
        ["adds: goes on 2026-07-01, which major 2 does not announce"],
      ],
      [
        "before the major that may leave it out",
        notes("2.9.0", add({ name: "plus" })),
        "2026-08-01",
        ["adds: answer.structuredContent is missing"],
      ],
    ])("%s", async (_, server, today, faults) => {
      expect(await broken(server, goes, today)).toEqual(faults);
    });
  });

  async function broken(
    server: ServerDefinition<undefined>,
    given: readonly Example[] = examples,
    today = "2026-02-01",
  ) {
    const [first, second] = await Promise.all(
      (["first", "second"] as const).map((sdk) =>
        brokenPromises({ examples: given, server, services: undefined, sdk, today }),
      ),
    );
    expect(first).toEqual(second);
    return first ?? [];
  }
});

function notes(version: string, tool: Tool<undefined>): ServerDefinition<undefined> {
  return { name: "mcp-notes", title: "Notes", version, tools: [tool] };
}

function add({
  name = "add",
  input = { a: z.number(), b: z.number() },
  output = { sum: z.number(), isExact: z.boolean() },
}: {
  name?: string;
  input?: z.ZodRawShape;
  output?: z.ZodRawShape;
}): Tool<undefined> {
  const all = { sum: output["sum"] instanceof z.ZodString ? "21" : 21, isExact: true, more: "" };
  const answer = Object.fromEntries(Object.entries(all).filter(([member]) => Object.hasOwn(output, member)));
  return defineTool({
    name,
    title: name,
    description: "Adds",
    scope: "mcp:read",
    permission: "read:data",
    classification: "public",
    awsCalls: [],
    input: z.object(input),
    output: z.object(output),
    run: () => Promise.resolve(answer),
  });
}

test.each<[unknown, unknown, string | undefined]>([
  [{ a: 1 }, { a: 1, b: 2 }, undefined],
  [{ a: 1 }, { a: "1" }, 'answer.a is "1", not 1'],
  [{ a: null }, {}, "answer.a is missing"],
  [{ a: {} }, { a: [] }, "answer.a is [], not an object"],
  [[1, 2], [1, 2, 3], "answer is no list of 2"],
  [{ $type: "array" }, {}, 'answer is {}, not of type "array"'],
  [{ $each: { $type: "number" } }, [1, "2"], 'answer[1] is "2", not of type "number"'],
  [{ $each: 1 }, [], "answer is no filled list"],
  [{ $some: { a: 1 } }, [{ a: 2 }, { a: 1 }], undefined],
  [{ $some: { a: 1 } }, [{ a: 2 }], 'answer has nothing like {"a":1}'],
  [{ $json: { a: 1 } }, '{"a":1,"b":2}', undefined],
  [{ $json: { a: 1 } }, "a: 1", "answer as JSON is null, not an object"],
])("the pattern %j says of %j: %s", (pattern, value, fault) => {
  expect(mismatch(pattern, value)).toBe(fault);
});
