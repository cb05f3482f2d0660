import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FilesConfig, type FilesEnvironment } from "../../../../services/mcp/files/config.ts";
import { contextSigner } from "../../../../services/libraries/service-kit/tokens/context-signer.ts";
import {
  startObjectStorage,
  type ObjectStorage,
} from "../../../../sandbox/data-plane/object-storage/object-storage.ts";
import { upToDateBundle } from "../../../../tools/build/bundle.ts";
import { servicesOf } from "../../../../tools/build/services.ts";
import { PROJECT } from "../../../../tools/engine/folders.ts";
import { tenantKey } from "../../../support/tenant-key.ts";
import { contextOf, modern, post } from "../../libraries/mcp-host/calls.ts";
import { KEY_ARN } from "./files-fixture.ts";
import { pdfOfPages, textContent } from "./pdf-documents.ts";

/** The options that the image gives. */
const [, options = ""] = /^ENV NODE_OPTIONS="([^"]+)"$/m.exec(readFileSync("services/mcp/Dockerfile", "utf8")) ?? [];
const NODE_OPTIONS = options.split(" ");
const MOST_MEGABYTES = 150;

const key = tenantKey();
const environment: FilesEnvironment = {
  TENANT_ID: "acme",
  SERVER_VERSION: "1.0.0",
  CONTEXT_ISSUER: "https://interceptor.example.com/acme",
  CONTEXT_PUBLIC_KEYS: key.publicKeys,
  ALLOWED_HOSTS: "127.0.0.1",
  PORT: 0,
  AWS_REGION: "us-east-1",
  FILES_BUCKET: "acme-files",
  FILES_BUCKET_OWNER: "000000000000",
  FILES_PREFIX: "files/",
  FILES_KMS_KEY_ARN: KEY_ARN,
};

describe("the configuration", () => {
  test("is taken as infra gives it", () => {
    expect(FilesConfig.parse(environment)).toMatchObject({ FILES_PREFIX: "files/" });
    expect(FilesConfig.parse({ ...environment, FILES_PREFIX: undefined })).toMatchObject({ FILES_PREFIX: "" });
  });

  test("tells every fault at once", () => {
    const faults = FilesConfig.safeParse({ TENANT_ID: "acme" }).error?.issues.map(({ path }) => path[0]);
    expect(faults).toEqual(
      expect.arrayContaining(["FILES_BUCKET", "FILES_BUCKET_OWNER", "FILES_KMS_KEY_ARN", "AWS_REGION"]),
    );
  });

  test.each([
    { FILES_PREFIX: "../" },
    { FILES_PREFIX: "files" },
    { FILES_PREFIX: "/" },
    { FILES_BUCKET: "Acme_Files" },
    { FILES_BUCKET_OWNER: "12345" },
    { FILES_KMS_KEY_ARN: "alias/acme" },
    { FILES_ENDPOINT: "http://storage.example.com" },
    { FILES_ENDPOINT: "http://169.254.169.254" },
    { FILES_ENDPOINT: "https://127.0.0.1:9000" },
    { FILES_ENDPOINT: "http://127.0.0.1.example.com" },
  ])("refuses %j", (change) => {
    expect(FilesConfig.safeParse({ ...environment, ...change }).success).toBe(false);
  });
});

describe.each(["from its sources", "from its bundle"])("the process, started %s,", (how) => {
  const folder = mkdtempSync(join(tmpdir(), "alicerce-files-"));
  let storage: ObjectStorage;
  let command: readonly string[];
  beforeAll(async () => {
    storage = await startObjectStorage({ folder: join(folder, "objects") });
    command = how === "from its bundle" ? [...NODE_OPTIONS, await built(folder)] : ["services/mcp/files/index.ts"];
  });
  afterAll(async () => {
    await storage.stop();
    rmSync(folder, { recursive: true });
  });

  test("serves the tenant's files from what its environment names, and ends when it is told to", async () => {
    const process = started(command, storage);
    const { call } = await listening(process);
    expect(await call("write-file", { path: "a.txt", content: "hello" })).toEqual({ path: "a.txt", size: 5 });
    expect(await call("read-file", { path: "a.txt" })).toMatchObject({ content: "hello" });
    process.kill("SIGTERM");
    expect(await once(process, "exit")).toEqual([0, null]);
  });

  test("converts in threads, and has no more memory afterwards than a server may have", async () => {
    const process = started(command, storage);
    const { call } = await listening(process);
    const sparse = `[${Array.from({ length: 28_000 }, (_, index) => `{"${index}":0}`).join(",")}]`;
    await call("write-file", { path: "sparse.json", content: sparse, overwrite: true });
    await call("write-file", { path: "t.csv", content: "name\n=1\n", overwrite: true });
    const empty = `<r>${"<s/>".repeat(200_000)}</r>`;
    await call("write-file", { path: "empty.xml", content: empty, overwrite: true });
    const pdf = pdfOfPages([textContent("hello")]).toString("base64");
    await call("write-file", { path: "a.pdf", content: pdf, encoding: "base64", overwrite: true });
    const convert = (from: string, to: string) => call("convert-file", { from, to, overwrite: true });
    for (let round = 0; round < 2; round++) {
      expect(await convert("sparse.json", "x.csv")).toMatchObject({ error: "ERR_TABLE_TOO_LARGE" });
      expect(await convert("empty.xml", "x.json")).toMatchObject({ error: "ERR_TABLE_TOO_LARGE" });
      expect(await convert("t.csv", "t.xml")).toMatchObject({ rows: 1 });
      expect(await convert("t.xml", "u.csv")).toMatchObject({ rows: 1 });
      expect(await convert("a.pdf", "a.txt")).toMatchObject({ pages: 1 });
    }
    expect(await call("read-file", { path: "u.csv" })).toMatchObject({ content: "name\r\n'=1\r\n" });
    // The engine keeps pages of ended threads for some seconds.
    if (how === "from its bundle")
      await expect
        .poll(() => residentMegabytes(process), { timeout: 40_000, interval: 500 })
        .toBeLessThan(MOST_MEGABYTES);
    process.kill("SIGTERM");
    expect(await once(process, "exit")).toEqual([0, null]);
  });
});

function started(command: readonly string[], storage: ObjectStorage): ChildProcess {
  return spawn(globalThis.process.execPath, command, {
    env: {
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])),
      FILES_ENDPOINT: storage.endpoint,
      AWS_ACCESS_KEY_ID: storage.accessKeyId,
      AWS_SECRET_ACCESS_KEY: storage.secretAccessKey,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The server of a process: what a tool answers, or the code of its error. */
async function listening(process: ChildProcess): Promise<{ call: (name: string, args: object) => Promise<unknown> }> {
  const [line] = (await once(createInterface(process.stdout!), "line")) as [string];
  const { details } = JSON.parse(line) as { readonly details: { readonly port: number } };
  const sign = contextSigner({ issuer: environment.CONTEXT_ISSUER, certify: key.certify });
  const call = async (name: string, args: object) => {
    const { body, headers } = modern("tools/call", { name, arguments: args });
    const context = { ...contextOf("acme"), requestId: crypto.randomUUID() };
    const token = {
      "x-user-context": await sign(context, "mcp-files"),
      "x-tenant-id": "acme",
      "x-client-id": "agent",
    };
    const { json } = await post(details.port, body, { ...headers, ...token, "x-request-id": context.requestId });
    const { structuredContent, _meta } = json.result!;
    return structuredContent ?? { error: (_meta as { [key: string]: string } | undefined)?.["alicerce/error"] };
  };
  return { call };
}

/** Bundles the server into a folder where it finds no packages, as in its image; answers with the file to start. */
async function built(folder: string): Promise<string> {
  const { files } = await upToDateBundle(
    servicesOf(PROJECT).find(({ name }) => name === "mcp-files")!,
    PROJECT,
  );
  for (const it of files) writeFileSync(join(folder, it.path), it.bytes);
  return join(folder, "index.mjs");
}

function residentMegabytes({ pid }: ChildProcess): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
