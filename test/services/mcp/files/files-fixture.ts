import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { S3Store, type S3Location } from "../../../../services/mcp/files/store/s3-store.ts";
import type { ObjectStore } from "../../../../services/mcp/files/store/object-store.ts";
import { filesServer } from "../../../../services/mcp/files/server.ts";
import { createMcpHost } from "../../../../services/libraries/mcp-host/host.ts";
import type { TenantContext } from "../../../../services/libraries/service-kit/tenant-context.ts";
import {
  startObjectStorage,
  type ObjectStorage,
} from "../../../../sandbox/data-plane/object-storage/object-storage.ts";
import { callTool, contextOf, modern, post, type Answer } from "../../libraries/mcp-host/calls.ts";

/** The key that every object must be encrypted with. */
export const KEY_ARN = "arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555";

/** What stands in for S3, with a real client. */
export interface TestStorage {
  readonly storage: ObjectStorage;
  readonly client: S3Client;
  readonly location: S3Location;
  /** A store of its own on each call, in a bucket of its own. */
  readonly newStore: () => S3Store;
  readonly stop: () => Promise<void>;
}

/** Starts an object storage in a temporary folder. */
export async function testStorage(): Promise<TestStorage> {
  const folder = mkdtempSync(join(tmpdir(), "alicerce-objects-"));
  const storage = await startObjectStorage({ folder });
  const client = clientOf(storage);
  const location = { bucket: "acme-files", owner: storage.accountId, prefix: "files/", kmsKeyArn: KEY_ARN };
  let buckets = 0;
  const stop = async () => {
    client.destroy();
    await storage.stop();
    rmSync(folder, { recursive: true });
  };
  const newStore = () => new S3Store(client, { ...location, bucket: `acme-files-${++buckets}` });
  return { storage, client, location, newStore, stop };
}

/** A client of an object storage, or of what stands before it. */
export function clientOf({ region, endpoint, ...credentials }: ObjectStorage, more: S3ClientConfig = {}): S3Client {
  return new S3Client({ region, endpoint, forcePathStyle: true, credentials, ...more });
}

/** A signal that no test waits for. */
export const signal: AbortSignal = AbortSignal.timeout(600_000);

/** The files server of one caller, on a real host. */
export interface FilesHost {
  /** The structured result of a tool, or the code of the error. */
  readonly call: (tool: string, args?: object) => Promise<object | undefined>;
  readonly ask: (method: string, params: object) => Promise<Answer["json"]>;
  readonly stop: () => Promise<void>;
}

/** Starts a host whose every caller is this one. */
export async function filesHost(store: ObjectStore, caller: Partial<TenantContext> = {}): Promise<FilesHost> {
  const log = { warn: () => undefined, error: () => undefined };
  const host = createMcpHost(filesServer("1.0.0"), {
    services: { store },
    allowedHosts: ["127.0.0.1"],
    log,
    dangerouslyFixedContext: { ...contextOf("acme"), ...caller },
  });
  const port = await host.listen(0, "127.0.0.1");
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  const listening = { host, port, url, logged: [], headers: () => Promise.resolve({}) };
  return {
    call: async (tool, args = {}) => resultOf(await callTool(listening, tool, args)),
    ask: async (method, params) => {
      const { body, headers } = modern(method, params);
      return (await post(port, body, headers)).json;
    },
    stop: () => host.stop(),
  };
}

function resultOf({ status, json }: Answer): object | undefined {
  if (status !== 200) return { status };
  const { isError, content, _meta, structuredContent } = json.result ?? { content: [] };
  if (isError !== true) return structuredContent ?? { content };
  return { error: (_meta as { [key: string]: string } | undefined)?.["alicerce/error"] ?? content[0]?.text };
}
