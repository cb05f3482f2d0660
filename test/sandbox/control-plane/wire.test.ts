import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import {
  decode,
  encode,
  fromStruct,
  holdsUnknown,
  secretsOf,
  toStruct,
  type Values,
  withDefaults,
} from "../../../sandbox/control-plane/wire.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const UNKNOWN_ON_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
const output = (it: object) => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...it });
const reference = (it: object) => ({ [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", ...it });
const asset = (it: object) => ({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", ...it });

/** Any name but one: the maps of google-protobuf, in which everything comes over the wire, hold no member of that name. */
const names = fc.string().filter((it) => it !== "__proto__");

/** Any JSON value, with something unknown in places. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, UNKNOWN),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) => it + 0),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(names, tie("json"), { maxKeys: 4 }),
  ),
}));
const values = fc.dictionary(names, json, { maxKeys: 5 }) as fc.Arbitrary<Values>;

/** A value in the wrappings that the SDK may put around it, at any depth, and whether one of them says secret. */
const wrapped = json.chain((value) => {
  const inside = fc.constantFrom<readonly [unknown, unknown, boolean]>(
    [value, value, false],
    [secret(value), value, true],
    [output({ value }), value, false],
    [output({ value, secret: true }), value, true],
    [output({}), UNKNOWN, false],
    [output({ secret: true, dependencies: ["urn"] }), UNKNOWN, true],
    [secret(secret(value)), value, true],
  );
  const outside = fc.constantFrom<(it: unknown) => unknown>(
    (it) => it,
    (it) => [1, it],
    (it) => ({ a: { b: [it] } }),
  );
  return fc.tuple(inside, outside).map(([[raw, plain, isSecret], around]) => ({
    raw: around(encodedInside(raw)),
    plain: around(plain),
    isSecret,
  }));
});

/** Wire values hold no symbol. */
function encodedInside(value: unknown): unknown {
  return encode({ value })["value"];
}

describe("values on the wire", () => {
  it("come back as they went, through a protobuf struct too", () => {
    fc.assert(
      fc.property(values, (it) => {
        expect(decode(encode(it))).toEqual(it);
        expect(decode(fromStruct(toStruct(encode(it))))).toEqual(it);
      }),
    );
  });

  it("come back as they went when some of them are secret, and these are found again", () => {
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.boolean()), (it, coins) => {
        const secrets = new Set(Object.keys(it).filter(() => coins.next().value));
        const raw = fromStruct(toStruct(encode(it, secrets)));
        expect(decode(raw)).toEqual(it);
        expect(secretsOf(raw)).toEqual(secrets);
      }),
    );
  });

  it("lose their wrappings, whatever these are and however deep, but not that they are secret", () => {
    fc.assert(
      fc.property(wrapped, ({ raw, plain, isSecret }) => {
        expect(decode({ it: raw })).toEqual({ it: plain });
        expect([...secretsOf({ it: raw, other: 1 })]).toEqual(isSecret ? ["it"] : []);
        expect(holdsUnknown(decode({ it: raw }))).toBe(holdsUnknown(plain));
      }),
    );
  });

  it("are absent where they are undefined, and null within lists", () => {
    expect(encode({ a: undefined, b: [undefined], c: { d: undefined } })).toEqual({ b: [null], c: {} });
    expect(encode({ a: undefined }, new Set(["a"]))).toEqual({});
  });

  it("are unknown for every kind of value that the engine marks so", () => {
    const marks = [
      UNKNOWN_ON_WIRE,
      "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
      "030794c1-ac77-496b-92df-f27374a8bd58",
      "e48ece36-62e2-4504-bad9-02848725956a",
      "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ];
    expect(decode({ it: marks })["it"]).toEqual(marks.map(() => UNKNOWN));
    expect(encode({ it: UNKNOWN })).toEqual({ it: UNKNOWN_ON_WIRE });
  });

  it.each([
    ["a resource's id", reference({ urn: "urn:a", id: "vpc-1" }), "vpc-1"],
    ["a component's URN", reference({ urn: "urn:a" }), "urn:a"],
    ["something unknown, while the resource has no id", reference({ urn: "urn:a", id: "" }), UNKNOWN],
    ["something unknown, when the id is", reference({ urn: "urn:a", id: UNKNOWN_ON_WIRE }), UNKNOWN],
  ])("are, for a reference to a resource, %s", (_, raw, plain) => {
    expect(decode({ it: [raw] })).toEqual({ it: [plain] });
  });

  it("keep assets and archives, but for the SDK's own marks", () => {
    const text = asset({ text: "hello", __pulumiAsset: true });
    const archive = {
      [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7",
      assets: { "a.txt": text },
      __pulumiArchive: true,
    };
    const plain = { [SIGNATURE]: archive[SIGNATURE], assets: { "a.txt": asset({ text: "hello" }) } };
    expect(decode({ code: archive })).toEqual({ code: plain });
    expect(decode(fromStruct(toStruct(encode(decode({ code: archive })))))).toEqual({ code: plain });
    expect(decode({ note: { __pulumiAsset: true } })).toEqual({ note: { __pulumiAsset: true } });
  });
});

describe("defaults", () => {
  it("never change what is there, nor what is secret", () => {
    fc.assert(
      fc.property(values, values, fc.boolean(), (it, defaults, hidden) => {
        const raw = encode(it, new Set(hidden ? Object.keys(it) : []));
        const filled = withDefaults(raw, defaults);
        expect(secretsOf(filled)).toEqual(secretsOf(raw));
        for (const [key, value] of Object.entries(it)) {
          if (typeof value !== "object") expect(decode(filled)[key]).toEqual(value);
        }
        for (const key of Object.keys(defaults)) expect(filled).toHaveProperty([key]);
        expect(withDefaults(filled, defaults)).toEqual(filled);
      }),
    );
  });

  it("go into objects at any depth, and into wrapped ones", () => {
    const defaults = { meta: { name: "n", labels: { a: "b" } } };
    const plain = { meta: { name: "mine", labels: { a: "b", c: "d" } } };
    const given = { name: "mine", labels: { c: "d" } };
    expect(withDefaults({ meta: given }, defaults)).toEqual(plain);
    expect(withDefaults({ meta: secret(given) }, defaults)).toEqual({ meta: secret(plain.meta) });
    expect(withDefaults({ meta: output({ value: given, secret: true }) }, defaults)).toEqual({
      meta: output({ value: plain.meta, secret: true }),
    });
    expect(withDefaults({ meta: UNKNOWN_ON_WIRE }, defaults)).toEqual({ meta: UNKNOWN_ON_WIRE });
    expect(withDefaults({ meta: output({}) }, defaults)).toStrictEqual({ meta: output({}) });
    expect(withDefaults({ meta: null }, defaults)).toEqual(defaults);
  });
});
