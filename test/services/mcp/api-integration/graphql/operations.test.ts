import { describe, expect, test } from "vitest";
import { graphQlOperations } from "../../../../../services/mcp/api-integration/graphql/operations.ts";
import { faultsOf } from "../faults-of.ts";

describe("GraphQL", () => {
  const schema = `
    type Query { it(filter: Filter, mode: Mode = FAST): String }
    type Subscription { it: String }
    enum Mode { FAST SLOW }
    input Filter @oneOf { id: ID, "How many." count: Int }
    input Tree { child: Tree }
    extend type Query { tree(tree: Tree): String }`;
  const read = (documents: string) => graphQlOperations("it", { schema, documents });

  test("becomes an operation for each document, that callers cannot change", () => {
    const [it] = read(
      '"Finds it." query find($filter: Filter!, $mode: Mode = FAST) { it(filter: $filter, mode: $mode) }',
    );
    expect(it).toMatchObject({ id: "find", description: "Finds it.", isRead: true });
    expect(it?.input).toEqual({
      type: "object",
      properties: {
        filter: {
          type: "object",
          properties: {
            id: { type: "string" },
            count: { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1, description: "How many." },
          },
          required: [],
          additionalProperties: false,
          minProperties: 1,
          maxProperties: 1,
        },
        mode: { type: "string", enum: ["FAST", "SLOW"] },
      },
      required: ["filter"],
      additionalProperties: false,
    });
    const injected = { filter: { id: '"}) { __schema { types { name } } } #' } };
    const { body, path: place, isIdempotent } = it?.request(injected) ?? {};
    expect([place, isIdempotent]).toEqual(["", true]);
    const sent = JSON.parse(body ?? "") as { query: string; variables: unknown };
    expect(sent.variables).toEqual(injected);
    expect(sent.query).not.toContain("__schema");
  });

  test.each([
    ["what is no GraphQL", "query {", /Syntax Error/],
    ["a field that is not there", "query a { no }", /Cannot query field "no"/],
    ["an operation without a name", "{ it }", /must have a name/],
    ["a subscription", "subscription a { it }", /subscriptions are not supported/],
    ["an input that contains itself", "query a($tree: Tree) { tree(tree: $tree) }", /"Tree" contains itself/],
  ])("with %s is refused", async (_, documents, why) => {
    expect((await faultsOf(() => read(documents))).join("\n")).toMatch(why);
  });
});
