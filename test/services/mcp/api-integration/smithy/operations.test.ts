import { describe, expect, test } from "vitest";
import { smithyOperations } from "../../../../../services/mcp/api-integration/smithy/operations.ts";
import { faultsOf, type Json } from "../faults-of.ts";

describe("Smithy", () => {
  const member = (target: string, traits: Json = {}) => ({ target, traits });
  const label = { "smithy.api#required": {}, "smithy.api#httpLabel": {} };
  const http = { "smithy.api#http": { method: "PUT", uri: "/it/{id}?fixed=1" } };
  const model = ({ members = {}, traits = {}, shapes = {}, service = {} }: { [part: string]: Json } = {}): Json => ({
    smithy: "2.0",
    shapes: {
      "it#Service": {
        type: "service",
        operations: [{ target: "it#Put" }],
        traits: { "aws.protocols#restJson1": {} },
        ...service,
      },
      "it#Put": { type: "operation", input: { target: "it#Input" }, traits: { ...http, ...traits } },
      "it#Input": { type: "structure", members: { id: member("smithy.api#String", label), ...members } },
      ...shapes,
    },
  });
  const read = (source: unknown) => smithyOperations("it", source, new Set(["Put"]));

  test("within the limits becomes operations", () => {
    const members = {
      when: member("smithy.api#Timestamp", { "smithy.api#httpQuery": "since" }),
      at: member("smithy.api#Timestamp"),
      tags: member("it#Tags", { "smithy.api#httpHeader": "X-Tags" }),
      choice: member("it#Choice", { "smithy.api#jsonName": "pick" }),
      token: member("smithy.api#String", { "smithy.api#required": {}, "smithy.api#idempotencyToken": {} }),
    };
    const shapes = {
      "it#Tags": { type: "list", member: member("smithy.api#String", { "smithy.api#length": { max: 9 } }) },
      "it#Choice": { type: "union", members: { a: member("smithy.api#Long"), b: member("smithy.api#Blob") } },
    };
    const [it] = read(model({ members, shapes }));
    expect(it).toMatchObject({ id: "Put", isRead: false });
    expect(it?.input["required"]).toEqual(["id"]);
    expect(it?.input["properties"]).toMatchObject({
      when: { type: "string", format: "date-time" },
      at: { type: "number" },
      tags: { type: "array", items: { type: "string", maxLength: 9 } },
      choice: { type: "object", minProperties: 1, maxProperties: 1, additionalProperties: false },
    });
    const args = { id: "a b", when: "2026-01-01T00:00:00Z", at: 5, tags: ["x", "y"], choice: { a: 1 } };
    const { body, headers, ...request } = it?.request(args) ?? {};
    expect(request).toMatchObject({
      method: "PUT",
      path: "/it/a%20b",
      query: [
        ["fixed", "1"],
        ["since", "2026-01-01T00:00:00Z"],
      ],
    });
    expect(headers).toMatchObject({ "x-tags": "x,y" });
    expect(JSON.parse(body ?? "")).toEqual({
      at: 5,
      pick: { a: 1 },
      token: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  test.each<[string, Json, RegExp]>([
    ["no model", {}, /smithy/],
    ["no service", { smithy: "2.0", shapes: {} }, /must have one service, not 0/],
    ["another protocol", model({ service: { traits: { "aws.protocols#awsJson1_1": {} } } }), /restJson1/],
    [
      "mixins",
      model({ shapes: { "it#M": { type: "structure", mixins: [{ target: "it#X" }] } } }),
      /mixins must be applied/,
    ],
    ["a greedy label", model({ traits: { "smithy.api#http": { method: "GET", uri: "/{id+}" } } }), /greedy label/],
    [
      "a label that is no member",
      model({ traits: { "smithy.api#http": { method: "GET", uri: "/{no}" } } }),
      /\{no\} of its path/,
    ],
    ["a method of its own", model({ traits: { "smithy.api#http": { method: "BREW", uri: "/" } } }), /usual method/],
    ["a host label", model({ traits: { "smithy.api#endpoint": { hostPrefix: "{id}." } } }), /host labels/],
    [
      "free query parameters",
      model({
        members: { q: member("it#Q", { "smithy.api#httpQueryParams": {} }) },
        shapes: { "it#Q": { type: "map" } },
      }),
      /httpQueryParams is not supported/,
    ],
    [
      "a header of the platform",
      model({ members: { h: member("smithy.api#String", { "smithy.api#httpHeader": "Authorization" }) } }),
      /only the platform sets/,
    ],
    [
      "a payload that is not JSON",
      model({ members: { b: member("smithy.api#Blob", { "smithy.api#httpPayload": {} }) } }),
      /payload must be JSON/,
    ],
    [
      "a stream",
      model({
        members: { b: member("it#B") },
        shapes: { "it#B": { type: "blob", traits: { "smithy.api#streaming": {} } } },
      }),
      /blob is not supported/,
    ],
    [
      "a shape that contains itself",
      model({ members: { a: member("it#A") }, shapes: { "it#A": { type: "list", member: member("it#A") } } }),
      /contains itself/,
    ],
    ["a shape that is not there", model({ members: { a: member("it#A") } }), /it#A: is not in the model/],
  ])("with %s is refused", async (_, source, why) => {
    expect((await faultsOf(() => read(source))).join("\n")).toMatch(why);
  });
});
