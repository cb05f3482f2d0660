import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
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
import { tenantKey } from "../../../support/tenant-key.ts";
import { contextOf, modern, post } from "../../libraries/mcp-host/calls.ts";
import { KEY_ARN } from "./files-fixture.ts";

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

describe("the process", () => {
  const folder = mkdtempSync(join(tmpdir(), "alicerce-files-"));
  let storage: ObjectStorage;
  beforeAll(async () => {
    storage = await startObjectStorage({ folder });
  });
  afterAll(async () => {
    await storage.stop();
    rmSync(folder, { recursive: true });
  });

  test("serves the tenant's files from what its environment names, and ends when it is told to", async () => {
    const process = spawn(globalThis.process.execPath, ["services/mcp/files/index.ts"], {
      env: {
        ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])),
        FILES_ENDPOINT: storage.endpoint,
        AWS_ACCESS_KEY_ID: storage.accessKeyId,
        AWS_SECRET_ACCESS_KEY: storage.secretAccessKey,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(process.stdout);
    const [line] = (await once(lines, "line")) as [string];
    const { port } = JSON.parse(line) as { readonly port: number };
    const sign = contextSigner({ issuer: environment.CONTEXT_ISSUER, certify: key.certify });
    const call = async (name: string, args: object) => {
      const { body, headers } = modern("tools/call", { name, arguments: args });
      const context = { ...contextOf("acme"), requestId: crypto.randomUUID() };
      const token = {
        "x-user-context": await sign(context, "mcp-files"),
        "x-tenant-id": "acme",
        "x-client-id": "agent",
      };
      const { json } = await post(port, body, { ...headers, ...token, "x-request-id": context.requestId });
      return json.result?.structuredContent;
    };
    expect(await call("write-file", { path: "a.txt", content: "hello" })).toEqual({ path: "a.txt", size: 5 });
    expect(await call("read-file", { path: "a.txt" })).toMatchObject({ content: "hello" });
    process.kill("SIGTERM");
    expect(await once(process, "exit")).toEqual([0, null]);
  });
});
