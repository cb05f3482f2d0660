import { hash } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesServer } from "../../../../services/mcp/files/server.ts";
import { filesHost, signal, testStorage, type FilesHost, type TestStorage } from "./files-fixture.ts";
import { pdfOfPages, textContent } from "./pdf-documents.ts";

/** What a role must be granted for a command on objects under a KMS key; reading lists where S3 answers 403 instead of 404. */
const NEEDED: { readonly [command: string]: readonly string[] } = {
  ListObjectsV2Command: ["s3:ListBucket"],
  HeadObjectCommand: ["s3:GetObject", "s3:ListBucket"],
  GetObjectCommand: ["s3:GetObject", "s3:ListBucket", "kms:Decrypt"],
  PutObjectCommand: ["s3:PutObject", "kms:GenerateDataKey"],
};

/** How each tool is made to do all that it can. */
const CALLS: { readonly [tool: string]: readonly object[] } = {
  "list-files": [{ folder: "folder" }],
  "read-file": [{ path: "a.csv" }, { path: "a.png" }],
  "read-pdf": [{ path: "a.pdf" }],
  "view-image": [{ path: "a.png" }],
  "search-files": [{ phrase: "ada" }],
  "share-file": [{ path: "a.csv" }],
  "write-file": [
    { path: "new.txt", content: "x" },
    { path: "new.txt", content: "x", overwrite: true },
  ],
  "convert-file": [
    { from: "a.csv", to: "a.xml" },
    { from: "a.pdf", to: "a.txt" },
    { from: "a.png", to: "a.webp" },
  ],
  "prepare-upload": [{ path: "up.txt", size: 1, sha256: hash("sha256", "x") }],
};

const sent = new Set<string>();
let it: TestStorage;
let host: FilesHost;
beforeAll(async () => {
  it = await testStorage();
  const store = it.newStore();
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const files = { "a.csv": Buffer.from("name\nAda\n"), "a.png": png, "a.pdf": pdfOfPages([textContent("Ada")]) };
  for (const [path, body] of Object.entries(files)) await store.write(`acme/${path}`, body, { ifAbsent: true }, signal);
  it.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        sent.add(String(commandName));
        return next(args);
      },
    { step: "initialize" },
  );
  host = await filesHost(store);
});
afterAll(async () => {
  await host.stop();
  await it.stop();
});

const { tools, resources = [] } = filesServer("1.0.0");

test.each(tools.map(({ name, awsCalls }) => [name, awsCalls] as const))(
  "%s declares what it calls: %j",
  async (name, declared) => {
    sent.clear();
    for (const args of CALLS[name] ?? []) expect(await host.call(name, args)).not.toHaveProperty("error");
    const needed = [...sent].flatMap((command) => NEEDED[command] ?? [`nobody knows what ${command} needs`]);
    expect([...new Set(needed)].toSorted()).toEqual(declared.toSorted());
  },
);

test("the resource declares what it calls", async () => {
  sent.clear();
  expect((await host.ask("resources/list", {})).result).toHaveProperty("resources");
  expect((await host.ask("resources/read", { uri: "tenant-files:///a.csv" })).result).toHaveProperty("contents");
  const needed = [...sent].flatMap((command) => NEEDED[command] ?? [`nobody knows what ${command} needs`]);
  expect([...new Set(needed)].toSorted()).toEqual(resources[0]?.awsCalls.toSorted());
});
