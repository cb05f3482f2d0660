import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import os from "node:os";
import path from "node:path";
import type { Api } from "../../../../services/mcp/api-integration/api.ts";
import { ApiIntegrationConfig } from "../../../../services/mcp/api-integration/config.ts";
import { openServices } from "../../../../services/mcp/api-integration/open-services.ts";
import { EXAMPLES, readApis } from "../../../../services/mcp/api-integration/read-apis.ts";
import { apiIntegrationServer } from "../../../../services/mcp/api-integration/server.ts";
import { type OrdersBackend, startOrdersBackend } from "../../../../sandbox/data-plane/backends/orders-backend.ts";
import { tenantKey } from "../../../support/tenant-key.ts";
import { type Answer, callTool, listening, type Listening } from "../../libraries/mcp-host/calls.ts";

/** What came of a call. */
export interface Called {
  readonly headers: IncomingHttpHeaders;
  readonly result: Answer["json"]["result"];
  /** What the API answered, as structured content has it. */
  readonly data: unknown;
}

/** The shipped example with real backends, served by both retained majors on real hosts. */
export interface Shop {
  readonly apis: readonly Api[];
  readonly backend: OrdersBackend;
  /** Where the secrets are. */
  readonly folder: string;
  readonly first: Listening;
  readonly second: Listening;
  /** Every answer that a caller got, as it came. */
  readonly answered: string[];
  /** Calls a tool, of the second major unless it is said otherwise. */
  call(name: string, args: object, at?: Listening): Promise<Called>;
  /** The code and the words of a call that is refused. */
  errorOf(name: string, args: object): Promise<readonly unknown[]>;
  configOf(backends: object): ReturnType<typeof ApiIntegrationConfig.safeParse>;
  close(): Promise<void>;
}

/** Starts it all on loopback. */
export async function openShop(): Promise<Shop> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "secrets-"));
  const backend = await startOrdersBackend();
  await writeSecrets(folder, backend);
  const apis = await readApis(EXAMPLES);
  const configOf = (backends: object) =>
    ApiIntegrationConfig.safeParse({
      TENANT_ID: "acme",
      SERVER_VERSION: "2.0.0",
      CONTEXT_ISSUER: "https://interceptor.example.com/acme",
      CONTEXT_PUBLIC_KEYS: tenantKey().publicKeys,
      ALLOWED_HOSTS: "127.0.0.1",
      BACKENDS: JSON.stringify(backends),
      SECRETS_FOLDER: folder,
    });
  const opened = openServices(configOf(backend.backends).data!, apis);
  const second = await listening(apiIntegrationServer("2.0.0", apis), opened.services);
  const first = await listening(apiIntegrationServer("1.1.0", apis), opened.services);
  const answered: string[] = [];
  const call = async (name: string, args: object, at = second): Promise<Called> => {
    const { headers, json, text } = await callTool(at, name, args);
    answered.push(text);
    const content = json.result?.structuredContent as { data?: unknown } | undefined;
    return { headers, result: json.result, data: content?.data };
  };
  const errorOf = async (name: string, args: object) => {
    const { result } = await call(name, args);
    const meta = result?.isError === true ? (result._meta as { [key: string]: string } | undefined) : undefined;
    return [meta?.["alicerce/error"], result?.content[0]?.text];
  };
  const close = async () => {
    await Promise.all([first.host.stop(), second.host.stop()]);
    await opened.close();
    await backend.stop();
    await rm(folder, { recursive: true });
  };
  return { apis, backend, folder, first, second, answered, call, errorOf, configOf, close };
}

/** Puts the right secret into the file of each. */
export async function writeSecrets(folder: string, { secrets }: OrdersBackend): Promise<void> {
  for (const [name, secret] of Object.entries(secrets)) await writeFile(path.join(folder, name), secret);
}
