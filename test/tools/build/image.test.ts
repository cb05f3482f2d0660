import { PERMISSIONS } from "../../../contracts/identity/permissions.ts";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { UNBUILT } from "../../../releases/releases.ts";
import { contextSigner } from "../../../services/libraries/service-kit/tokens/context-signer.ts";
import { CONTEXT_HEADER } from "../../../contracts/headers.ts";
import { type Bundle, bundle, NATIVE, writeBundle } from "../../../tools/build/bundle.ts";
import { copyImage, pushImage } from "../../../tools/build/image.ts";
import { ARM64, bundleImage, imageContext, keycloakImage } from "../../../tools/build/image-source.ts";
import { type Lock, lockedSubset } from "../../../tools/build/native-packages.ts";
import { withImage } from "../../../tools/build/release-image.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { ProjectCopy } from "../../support/project-copy.ts";
import { FakeDocker } from "./fake-docker.ts";
import { freePorts } from "../../support/free-ports.ts";
import { tenantKey } from "../../support/tenant-key.ts";

const ISSUER = "urn:alicerce:interceptor:acme-corp";
const key = tenantKey();
const copy = new ProjectCopy();
const folder = mkdtempSync(path.join(tmpdir(), "alicerce-image-"));
const children: ChildProcess[] = [];
let files: Bundle;

beforeAll(async () => {
  const service = servicesOf(copy.folder).find((it) => it.name === "mcp-files")!;
  files = await bundle(service, copy.folder);
  await writeBundle(files, copy.folder);
  await imageContext({ service, manifest: { ...files.manifest, native: [] } }, { project: copy.folder, folder });
});
afterAll(() => {
  children.forEach((it) => it.kill());
  copy.remove();
  rmSync(folder, { recursive: true });
});

describe("the context of an image", () => {
  it("is the bundle and what lies beside it", () => {
    expect(readdirSync(folder).sort()).toEqual(["convert-table-worker.mjs", "index.mjs", "pdf-text-worker.mjs"]);
    expect(files.manifest.native).toEqual(["sharp"]);
  });

  it("is a server that answers who the interceptor says is calling, and nobody else", async () => {
    // Of all packages the image has the native ones alone.
    mkdirSync(path.join(folder, "node_modules"));
    for (const it of NATIVE) symlinkSync(path.join(PROJECT, "node_modules", it), path.join(folder, "node_modules", it));
    const url = await started();
    const sign = contextSigner({ issuer: ISSUER, certify: key.certify });
    const context = {
      tenantId: "acme-corp",
      clientId: "agent",
      scopes: ["mcp:read"],
      permissions: PERMISSIONS,
      requestId: "r1",
      correlationId: "c1",
    };
    const headers = {
      [CONTEXT_HEADER.userContext]: await sign(context, "mcp-files"),
      [CONTEXT_HEADER.tenantId]: "acme-corp",
      [CONTEXT_HEADER.clientId]: "agent",
      [CONTEXT_HEADER.requestId]: "r1",
      [CONTEXT_HEADER.correlationId]: "c1",
    };
    const client = new Client({ name: "tests", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
    const { tools } = await client.listTools();
    await client.close();
    expect(tools.map((it) => it.name)).toContain("read-file");
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "list-files" } });
    const accept = "application/json, text/event-stream";
    const refused = await fetch(url, { method: "POST", body, headers: { accept, "content-type": "application/json" } });
    expect(refused.status).toBe(401);
  });
});

async function started(): Promise<URL> {
  const port = await freePorts();
  const env = {
    TENANT_ID: "acme-corp",
    SERVER_VERSION: "1.0.0",
    CONTEXT_ISSUER: ISSUER,
    CONTEXT_PUBLIC_KEYS: key.publicKeys,
    ALLOWED_HOSTS: "127.0.0.1",
    PORT: String(port),
    AWS_REGION: "eu-west-1",
    FILES_BUCKET: "alicerce-tests",
    FILES_BUCKET_OWNER: "111122223333",
    FILES_KMS_KEY_ARN: "arn:aws:kms:eu-west-1:111122223333:key/0",
  };
  const child = spawn(process.execPath, ["index.mjs"], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/ping`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    await sleep(50);
  }
  return new URL(`${url}/mcp`);
}

describe("native code", () => {
  const lock = {
    lockfileVersion: 3,
    packages: {
      "": {},
      "node_modules/a": { version: "1.0.0", dependencies: { b: "^1" }, optionalDependencies: { "a-arm64": "1.0.0" } },
      "node_modules/a-arm64": { version: "1.0.0" },
      "node_modules/a/node_modules/b": { version: "1.2.0", dependencies: { c: "*" } },
      "node_modules/b": { version: "2.0.0" },
      "node_modules/c": { version: "3.0.0" },
      "node_modules/d": { version: "4.0.0" },
    },
  };

  it("comes in the versions of the lock file, with all that it needs and nothing else", () => {
    const { packages } = lockedSubset(lock, ["a"]);
    expect(packages[""]).toEqual({ dependencies: { a: "1.0.0" } });
    expect(Object.keys(packages).sort()).toEqual([
      "",
      "node_modules/a",
      "node_modules/a-arm64",
      "node_modules/a/node_modules/b",
      "node_modules/c",
    ]);
  });

  it("that is not locked is refused", () => {
    expect(() => lockedSubset(lock, ["e"])).toThrow('package "e" is not in the lock file');
  });

  it("is locked for the machine that images run on", () => {
    const whole = JSON.parse(readFileSync(path.join(PROJECT, "package-lock.json"), "utf8")) as Lock;
    const { packages } = lockedSubset(whole, NATIVE);
    expect(Object.keys(packages)).toContain(`node_modules/@img/sharp-${ARM64.os}-${ARM64.cpu}`);
  });
});

describe("an image", () => {
  it("is not built without Docker, which is told with what to do", async () => {
    vi.stubEnv("PATH", folder);
    await expect(pushImage(bundleImage(files, copy.folder), [])).rejects.toMatchObject({
      code: "ERR_IMAGE",
      message: expect.stringMatching(/docker login.*run this again/i) as string,
    });
    vi.unstubAllEnvs();
  });

  it("of Keycloak has all that its Dockerfile copies", async () => {
    const context = mkdtempSync(path.join(tmpdir(), "alicerce-keycloak-"));
    const { dockerfile, platforms, label, context: layDown } = await keycloakImage(PROJECT);
    await layDown(context);
    const copies = [...readFileSync(dockerfile, "utf8").matchAll(/^COPY (?!--from)(?:--\S+ )*(\S+)/gm)].map(
      (it) => it[1]!,
    );
    expect(copies.length).toBeGreaterThan(0);
    for (const it of copies) expect(existsSync(path.join(context, it))).toBe(true);
    expect(platforms).toEqual(["linux/amd64", "linux/arm64"]);
    expect(label).toMatch(/^sha256:[0-9a-f]{64}$/);
    rmSync(context, { recursive: true });
  });

  it("with native code is not made for two kinds of machines", () => {
    expect(() => bundleImage(files, copy.folder, ["linux/amd64", "linux/arm64"])).toThrow("has native code");
  });

  it("is copied from the first registry that has it, and keeps its digest", async () => {
    const digest = `sha256:${"1".repeat(64)}`;
    const docker = new FakeDocker();
    docker.refuses("a/x");
    await copyImage({ digest, sources: ["a/x", "b/x", "c/x"], targets: ["a/x:1", "d/x:1"] });
    expect(docker.calls().filter((it) => it.includes("imagetools"))).toEqual([
      `buildx imagetools create --tag a/x:1 b/x@${digest}`,
      `buildx imagetools create --tag d/x:1 a/x@${digest}`,
      `buildx imagetools create --tag d/x:1 b/x@${digest}`,
    ]);
    docker.refuses("b/x");
    docker.refuses("c/x");
    await expect(copyImage({ digest, sources: ["b/x", "c/x"], targets: ["a/x:1"] })).rejects.toMatchObject({
      code: "ERR_IMAGE",
      message: `none of b/x, c/x gives out ${digest}`,
    });
    docker.remove();
  });

  it("becomes that of every release that has none, and of no other", () => {
    const built = `sha256:${"1".repeat(64)}` as const;
    const digest = `sha256:${"2".repeat(64)}` as const;
    const removal = { deprecatedOn: "2026-01-01", removeOn: "2027-01-01" } as const;
    const service = {
      scenarios: ["b2b"],
      releases: [
        { version: "2.0.0", digest: UNBUILT },
        { version: "1.1.0", digest: built, ...removal },
      ],
      candidate: { version: "2.1.0", digest: UNBUILT, weight: 10 },
    } as const;
    expect(withImage(service, digest)).toEqual({
      service: {
        scenarios: ["b2b"],
        releases: [
          { version: "2.0.0", digest },
          { version: "1.1.0", digest: built, ...removal },
        ],
        candidate: { version: "2.1.0", digest, weight: 10 },
      },
      notes: ["2.0.0 is this image now", "2.1.0 is this image now"],
    });
  });
});
