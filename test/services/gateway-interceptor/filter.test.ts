import { expect, it } from "vitest";
import { filtered } from "../../../services/gateway-interceptor/messages/filter.ts";
import { catalogue } from "./fixture.ts";

const viewer = { scopes: ["mcp:read"], permissions: ["read:data"] };
const answer = (structuredContent: unknown) => ({ jsonrpc: "2.0", id: 1, result: { content: [], structuredContent } });
const recordsOf = (body: unknown) => filtered("tools/call", "database___query", body, viewer, catalogue).records;

it.each<[string, unknown, number | undefined]>([
  ["the rows of a query, and not its columns", { columns: [1, 2, 3], rows: [["a"], ["b"]] }, 2],
  ["a query that found none", { columns: [1], rows: [] }, 0],
  ["the files of a folder", { files: [{ path: "a" }] }, 1],
  ["what an API answered, where that is a list", { data: [1, 2, 3, 4] }, 4],
  ["nothing of an answer without a list", { data: { rows: [1] } }, undefined],
  ["nothing of text", "rows", undefined],
])("counts %s", (_what, structured, expected) => {
  const body = answer(structured);
  expect(recordsOf(body)).toBe(expected);
  expect(filtered("tools/call", "database___query", body, viewer, catalogue).body).toBe(body);
});

it("counts nothing of a failure", () => {
  expect(recordsOf({ jsonrpc: "2.0", id: 1, error: { code: -32603, data: { rows: [1] } } })).toBeUndefined();
});
