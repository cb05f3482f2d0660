import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { event, eventData } from "../../../../../sandbox/data-plane/gateway/http/event-stream.ts";

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  let start = 0;
  for (const size of [...sizes, bytes.length]) {
    if (start < bytes.length) yield bytes.subarray(start, (start += size));
  }
}

async function read(text: string | Buffer, sizes: readonly number[] = [], limit = 10_000): Promise<string[]> {
  const all: string[] = [];
  for await (const data of eventData(chunksOf(Buffer.from(text), sizes), limit)) all.push(data);
  return all;
}

describe("the data of events", () => {
  test.each<[string, string, string[]]>([
    ["one line", "data: a\n\n", ["a"]],
    ["no space after the colon", "data:a\n\n", ["a"]],
    ["two spaces", "data:  a\n\n", [" a"]],
    ["several lines", "data: a\ndata: b\n\n", ["a\nb"]],
    ["other fields and comments", ": hi\nid: 1\nevent: message\ndata: a\nretry: 5\n\n", ["a"]],
    ["carriage returns", "data: a\r\rdata: b\r\n\r\n", ["a", "b"]],
    ["an event that has not ended", "data: a\n\ndata: b\n", ["a"]],
    ["nothing but comments", ": a\n\n: b\n\n", []],
    ["empty data", "data:\n\n", [""]],
  ])("%s", async (_, text, expected) => expect(await read(text)).toEqual(expected));

  test("is the same wherever the stream is cut", async () => {
    const line = fc.string({ unit: "grapheme", maxLength: 8 }).map((it) => it.replaceAll(/[\r\n\u2028\ufeff]/g, ""));
    const events = fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(events, fc.constantFrom("\n", "\r", "\r\n"), sizes, async (lines, end, cuts) => {
        const text = lines.map((it) => `${it.map((data) => `data: ${data}${end}`).join("")}${end}`).join("");
        expect(await read(text, cuts)).toEqual(lines.map((it) => it.join("\n")));
      }),
    );
  });

  test("is what was written", async () => {
    const messages = [{ a: "é\n\r\n" }, { b: "data: x\n\n" }];
    expect(await read(messages.map(event).join(""))).toEqual(messages.map((it) => JSON.stringify(it)));
  });

  test("is refused beyond the limit, event by event", async () => {
    const small = `data: ${"x".repeat(80)}\n\n`;
    expect(await read(small.repeat(50), [30, 30, 30, ...Array<number>(200).fill(20)], 100)).toHaveLength(50);
    await expect(read(`data: ${"x".repeat(120)}\n\n`, Array<number>(20).fill(10), 100)).rejects.toThrow(RangeError);
  });

  test("is refused if it is not UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("data: "), Buffer.from([0xc3, 0x28]), Buffer.from("\n\n")]);
    await expect(read(bytes)).rejects.toThrow(TypeError);
  });
});
