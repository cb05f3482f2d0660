import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeImage } from "../../../../../services/mcp/files/formats/image.ts";
import { filesHost, type FilesHost } from "../files-fixture.ts";
import { MemoryStore } from "../memory-store.ts";

const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } });

/** A PNG of any size whose pixels are all the same: a bit each, which deflate makes a thousandth of. */
function pngBomb(edge: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc(edge * (1 + Math.ceil(edge / 8))));
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.of())]);
}

const bomb = pngBomb(32_000);

describe("an image", () => {
  test.each(["png", "jpeg", "webp"] as const)(
    "is written as %s, within its size, without what it says about its maker",
    async (format) => {
      const photo = await drawn(400, 200)
        .jpeg()
        .withExif({ IFD0: { Artist: "Jane Doe" } })
        .withMetadata({ orientation: 6 })
        .toBuffer();
      expect(photo.includes("Jane Doe")).toBe(true);
      const { bytes, width, height } = await writeImage(photo, format, 100);
      expect({ width, height }).toEqual({ width: 50, height: 100 });
      const { exif, orientation, format: written } = await sharp(bytes).metadata();
      expect({ exif, orientation, written }).toEqual({ written: format });
      expect(bytes.includes("Jane Doe")).toBe(false);
    },
  );

  test("is never made larger, and white where a JPEG cannot be transparent", async () => {
    const { bytes, width } = await writeImage(await drawn(40, 20).png().toBuffer(), "jpeg", 1_000);
    expect(width).toBe(40);
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(data[1]).toBeGreaterThan(110);
  });

  test.each<[string, () => Promise<Buffer>]>([
    [
      "an SVG",
      () =>
        Promise.resolve(
          Buffer.from(
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
          ),
        ),
    ],
    ["a GIF", () => drawn(9, 9).gif().toBuffer()],
    ["a TIFF", () => drawn(9, 9).tiff().toBuffer()],
    [
      "half a JPEG",
      async () =>
        (
          await sharp({
            create: {
              width: 200,
              height: 200,
              channels: 3,
              background: "red",
              noise: { type: "gaussian", mean: 128, sigma: 50 },
            },
          })
            .jpeg()
            .toBuffer()
        ).subarray(0, 4_000),
    ],
    ["text", () => Promise.resolve(Buffer.from("hello"))],
    ["nothing", () => Promise.resolve(Buffer.of())],
  ])("that is %s is refused", async (_, body) => {
    await expect(writeImage(await body(), "png", 100)).rejects.toMatchObject({ code: "ERR_IMAGE_INVALID" });
  });

  test("of a billion pixels is refused by its header", async () => {
    expect(bomb.length).toBeLessThan(200_000);
    const began = performance.now();
    await expect(writeImage(bomb, "png", 100)).rejects.toMatchObject({ code: "ERR_IMAGE_TOO_LARGE" });
    expect(performance.now() - began).toBeLessThan(500);
    expect(await writeImage(pngBomb(1_000), "png", 100)).toMatchObject({ width: 100, height: 100 });
  });
});

describe("a PNG", () => {
  test("that could have more bytes than there is room for is refused before it is written", async () => {
    const large = await sharp({ create: { width: 5_000, height: 5_000, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    const began = performance.now();
    await expect(writeImage(large, "png", 8_192)).rejects.toMatchObject({
      code: "ERR_IMAGE_TOO_LARGE",
      message: "its pixels have 75000000 bytes as PNG, more than 67108864",
    });
    expect(performance.now() - began).toBeLessThan(500);
    expect(await writeImage(large, "png", 2_000)).toMatchObject({ width: 2_000, height: 2_000 });
    expect(await writeImage(large, "jpeg", 8_192)).toMatchObject({ width: 5_000, height: 5_000 });
  });
});

describe("the tools for images", () => {
  let store: MemoryStore;
  let host: FilesHost;
  beforeAll(async () => {
    const png = await drawn(300, 200).png().toBuffer();
    store = new MemoryStore();
    host = await filesHost(store);
    await store.write("acme/a.png", png, { ifAbsent: true });
    await store.write("acme/a.webp", await drawn(300, 200).webp().toBuffer(), { ifAbsent: true });
    await store.write("acme/bomb.png", bomb, { ifAbsent: true });
    await store.write("acme/false.png", Buffer.from("<svg/>"), { ifAbsent: true });
    const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
    const large = sharp({ create: { width: 2_048, height: 2_048, channels: 3, background: "red", noise } });
    await store.write("acme/large.png", await large.png().toBuffer(), { ifAbsent: true });
  });
  afterAll(() => host.stop());

  test.each([
    ["a.png", "image/png"],
    ["a.webp", "image/jpeg"],
  ])("show %s as %s", async (path, mimeType) => {
    const { content } = (await host.call("view-image", { path, maxEdge: 30 })) as {
      content: [{ data: string }, object];
    };
    expect(content).toMatchObject([
      { type: "image", mimeType },
      { type: "text", text: `${path}, shown with 30 × 20 pixels` },
    ]);
    expect(await sharp(Buffer.from(content[0].data, "base64")).metadata()).toMatchObject({ width: 30, height: 20 });
  });

  test("rewrite an image in another format", async () => {
    const converted = await host.call("convert-file", { from: "a.png", to: "small.jpeg", maxEdge: 60 });
    expect(converted).toMatchObject({ path: "small.jpeg", width: 60, height: 40 });
    const body = await store.read("acme/small.jpeg", 1_000_000);
    expect((await sharp(body).metadata()).format).toBe("jpeg");
  });

  test("refuse bombs, disguises, and what is too much for an answer", async () => {
    expect(await host.call("view-image", { path: "bomb.png" })).toEqual({ error: "ERR_IMAGE_TOO_LARGE" });
    expect(await host.call("convert-file", { from: "bomb.png", to: "b.jpg" })).toEqual({
      error: "ERR_IMAGE_TOO_LARGE",
    });
    expect(await host.call("view-image", { path: "false.png" })).toEqual({ error: "ERR_IMAGE_INVALID" });
    expect(await host.call("view-image", { path: "large.png", maxEdge: 2_048 })).toEqual({
      error: "ERR_FILE_TOO_LARGE",
    });
    expect(await host.call("view-image", { path: "a.pdf" })).toEqual({ error: "ERR_FILE_TYPE" });
    for (const to of ["a.txt", "a.csv", "a.pdf", "a.svg"]) {
      expect(await host.call("convert-file", { from: "a.png", to })).toEqual({ error: "ERR_FILE_TYPE" });
    }
  });
});
