import { deflateSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { pdfText } from "../../../../../services/mcp/files/formats/pdf-text.ts";
import { filesHost, signal, type FilesHost } from "../files-fixture.ts";
import { MemoryStore } from "../memory-store.ts";
import { pdfOf, pdfOfPages, pdfStream, textContent } from "../pdf-documents.ts";

const range = { firstPage: 1, maxPages: 10, maxCharacters: 10_000 };
const packed = (content: string | Buffer) => pdfStream(deflateSync(content), "/Filter /FlateDecode");
/** 28 MB of drawing instructions in a hundredth of that. */
const endless = pdfOfPages([packed(`BT /F1 12 Tf ${"(aaaaaaaaaaaaaaaaaaaa) Tj ".repeat(1_000_000)} ET`)]);

afterEach(() => {
  vi.useRealTimers();
});

describe("the text of a PDF", () => {
  const pages = pdfOfPages([1, 2, 3].map((page) => textContent(`Page ${page}`, "second line")));

  test("is read page by page", async () => {
    expect(await pdfText(pages, range, signal)).toEqual({
      pages: 3,
      texts: ["Page 1\nsecond line", "Page 2\nsecond line", "Page 3\nsecond line"],
      isCut: false,
    });
    expect(await pdfText(pages, { ...range, firstPage: 2, maxPages: 1 }, signal)).toMatchObject({
      texts: ["Page 2\nsecond line"],
    });
    expect(await pdfText(pages, { ...range, firstPage: 4 }, signal)).toEqual({ pages: 3, texts: [], isCut: false });
  });

  test("is read as far as there is room", async () => {
    expect(await pdfText(pages, { ...range, maxCharacters: 20 }, signal)).toMatchObject({
      texts: { length: 1 },
      isCut: false,
    });
    expect(await pdfText(pages, { ...range, maxCharacters: 4 }, signal)).toMatchObject({
      texts: ["Page"],
      isCut: true,
    });
  });
});

describe("a hostile PDF", () => {
  test.each<[string, Buffer]>([
    ["no PDF", Buffer.from("<html>")],
    ["nothing", Buffer.alloc(0)],
    ["only a header", Buffer.from("%PDF-1.7\n")],
    [
      "pages within themselves",
      pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 5 /Kids [2 0 R 2 0 R] >>"]),
    ],
  ])("that is %s is refused", async (_, body) => {
    await expect(pdfText(body, range, signal)).rejects.toMatchObject({ code: "ERR_PDF_INVALID" });
  });

  test("that claims a billion pages has the ones it has", async () => {
    const claims = pdfOfPages([textContent("the only one")], 1_000_000_000);
    expect(await pdfText(claims, range, signal)).toEqual({ pages: 1, texts: ["the only one"], isCut: false });
    expect(await pdfText(claims, { ...range, firstPage: 999_999_999 }, signal)).toMatchObject({ texts: [] });
  });

  test("that unpacks to more than there is room for is given up", async () => {
    // Not by its time, however slow the machine is.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const bomb = pdfOfPages([packed(Buffer.alloc(300 * 1024 * 1024, " "))]);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    await expect(pdfText(bomb, range, signal)).rejects.toMatchObject({
      code: "ERR_PDF_TOO_LARGE",
      message: "it takes too much memory",
    });
  });

  test("that does not come to an end is ended by its time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const refused = expect(pdfText(endless, range, signal)).rejects.toMatchObject({
      code: "ERR_PDF_TOO_LARGE",
      message: "it takes more than 10000 ms",
    });
    await vi.advanceTimersByTimeAsync(10_001);
    await refused;
  });

  test("is ended when the caller leaves", async () => {
    const began = performance.now();
    await expect(pdfText(endless, range, AbortSignal.timeout(300))).rejects.toMatchObject({ name: "TimeoutError" });
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(pdfText(endless, range, AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
  });
});

describe("the tools for PDFs", () => {
  const store = new MemoryStore();
  let host: FilesHost;
  beforeAll(async () => {
    host = await filesHost(store);
    const three = [1, 2, 3].map((page) => textContent(`Page ${page}`));
    await store.write("acme/three.pdf", pdfOfPages(three), { ifAbsent: true });
    await store.write("acme/large.pdf", Buffer.alloc(20 * 1024 * 1024 + 1), { ifAbsent: true });
    await store.write("other/secret.pdf", pdfOfPages(three), { ifAbsent: true });
  });
  afterAll(() => host.stop());

  test("read some pages, and then on", async () => {
    expect(await host.call("read-pdf", { path: "three.pdf", maxPages: 2 })).toEqual({
      path: "three.pdf",
      pages: 3,
      texts: [
        { page: 1, text: "Page 1" },
        { page: 2, text: "Page 2" },
      ],
      cut: false,
      next: 3,
    });
    const last = await host.call("read-pdf", { path: "three.pdf", page: 3 });
    expect(last).toEqual({ path: "three.pdf", pages: 3, texts: [{ page: 3, text: "Page 3" }], cut: false });
  });

  test("write all of it down as text", async () => {
    expect(await host.call("convert-file", { from: "three.pdf", to: "three.txt" })).toMatchObject({ pages: 3 });
    expect(await host.call("read-file", { path: "three.txt" })).toMatchObject({ content: "Page 1\fPage 2\fPage 3" });
    const many = pdfOfPages(Array.from({ length: 501 }, () => textContent("x")));
    await store.write("acme/many.pdf", many, { ifAbsent: true });
    expect(await host.call("convert-file", { from: "many.pdf", to: "many.txt" })).toEqual({
      error: "ERR_PDF_TOO_LARGE",
    });
    expect(await host.call("read-file", { path: "many.txt" })).toEqual({ error: "ERR_FILE_NOT_FOUND" });
  });

  test("refuse what is too large, no PDF by its name, or another tenant's", async () => {
    const refused = async (path: string) => [
      await host.call("read-pdf", { path }),
      await host.call("convert-file", { from: path, to: "x.txt" }),
    ];
    const error = (code: string) => [{ error: code }, { error: code }];
    expect(await refused("large.pdf")).toEqual(error("ERR_FILE_TOO_LARGE"));
    expect(await refused("three.txt")).toEqual(error("ERR_FILE_TYPE"));
    expect(await refused("secret.pdf")).toEqual(error("ERR_FILE_NOT_FOUND"));
    expect(await refused("../other/secret.pdf")).toEqual(error("ERR_PATH_INVALID"));
  });

  test("read what one tenant has while another one's documents take all of its time", async () => {
    const endlessStates = pdfOfPages([textContent("x"), pdfStream(Buffer.from("q ".repeat(200_000)))]);
    await store.write("acme/states.pdf", endlessStates, { ifAbsent: true });
    const neighbour = await filesHost(store, { tenantId: "other" });
    const busy = await filesHost(store);
    let isOver = false;
    const calls = Array.from({ length: 18 }, () => busy.call("read-pdf", { path: "states.pdf" }));
    const over = Promise.race(calls).finally(() => (isOver = true));
    expect(await busy.call("read-pdf", { path: "three.pdf" })).toEqual({ error: "ERR_BUSY" });
    expect(await neighbour.call("read-pdf", { path: "secret.pdf" })).toMatchObject({ pages: 3 });
    expect(isOver).toBe(false);
    await Promise.all([neighbour.stop(), busy.stop()]);
    await Promise.allSettled([over, ...calls]);
  });

  test("read a few at once, let some wait and send the rest away", async () => {
    // A tenant of its own: a thread of another test that is still ending holds no slot of it.
    await store.write("crowd/endless.pdf", endless, { ifAbsent: true });
    const crowded = await filesHost(store, { tenantId: "crowd" });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const calls = Array.from({ length: 20 }, () => crowded.call("read-pdf", { path: "endless.pdf" }));
    const first = await Promise.race(calls);
    expect(first).toEqual({ error: "ERR_BUSY" });
    const over = new AbortController();
    const all = Promise.all(calls).finally(() => over.abort());
    // What waited sets its own timers once it is its turn.
    while (!over.signal.aborted) await vi.advanceTimersByTimeAsync(1_000);
    const codes = (await all).map((it) => (it as { error: string }).error);
    expect(codes.filter((it) => it === "ERR_BUSY")).toHaveLength(2);
    const ended = codes.filter((it) => it === "ERR_PDF_TOO_LARGE" || it === "ERR_DEADLINE");
    expect(ended).toHaveLength(18);
    await crowded.stop();
  });
});
