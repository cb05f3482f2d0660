import { hash } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SignatureV4 } from "@smithy/signature-v4";
import { RUNTIME_ENDPOINT } from "../../../contracts/identifiers.ts";
import { Sha256 } from "../../../services/libraries/service-kit/sha256.ts";

/** The keys that the stand-in knows, of one role. */
export const CREDENTIALS: { readonly accessKeyId: string; readonly secretAccessKey: string } = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "the secret of the role",
};

const ALWAYS_PASSED = ["content-type", "content-length"];

/** What stands in for AgentCore Runtime: it verifies signatures, and passes on to the container what the runtime's list names, and nothing else. */
export interface RuntimeStandIn {
  /** A `fetch` that leads there whatever the host of AgentCore Runtime is. */
  readonly fetch: typeof fetch;
  /** The sessions of the calls, in order. */
  readonly sessions: string[];
  readonly stop: () => Promise<void>;
}

/** A runtime: where its container listens, and the headers that it is shown. */
export interface StoodIn {
  readonly port: number;
  readonly headers: readonly string[];
}

/** Starts it before the containers of runtimes, which are found by their ARNs. */
export async function runtimeStandIn(find: (arn: string) => StoodIn | undefined): Promise<RuntimeStandIn> {
  const sessions: string[] = [];
  const server = createServer((incoming, response) => {
    void taken(incoming).then((body) => invoked({ incoming, response, body, find, sessions }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    fetch: (input, init) => {
      const url = new URL(input);
      const headers = { ...Object.fromEntries(new Headers(init?.headers)), "x-asked-host": url.host };
      return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers });
    },
    sessions,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Invocation {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string;
  readonly find: (arn: string) => StoodIn | undefined;
  readonly sessions: string[];
}

async function invoked({ incoming, response, body, find, sessions }: Invocation): Promise<void> {
  const url = new URL(incoming.url ?? "", `https://${String(incoming.headers["x-asked-host"])}`);
  const arn = /^\/runtimes\/([^/]+)\/invocations\/$/.exec(url.pathname)?.[1];
  const runtime = arn === undefined ? undefined : find(decodeURIComponent(arn));
  if (!(await isSigned(incoming, url, body))) return void response.writeHead(403).end("AccessDeniedException");
  if (runtime === undefined || url.searchParams.get("qualifier") !== RUNTIME_ENDPOINT)
    return void response.writeHead(404).end("ResourceNotFoundException");
  sessions.push(String(incoming.headers["x-amzn-bedrock-agentcore-runtime-session-id"]));
  const listed = [...runtime.headers.map((it) => it.toLowerCase()), ...ALWAYS_PASSED];
  const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => listed.includes(name)));
  const passed = request({ host: "127.0.0.1", port: runtime.port, path: "/", method: "POST", headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.pipe(response);
  });
  response.on("close", () => passed.destroy());
  passed.on("error", () => response.destroy()).end(body);
}

/** Whether the signature is that of the role over exactly this request. */
async function isSigned({ method = "", headers }: IncomingMessage, url: URL, body: string): Promise<boolean> {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "")?.[1]?.split(";") ?? [];
  const at = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers["x-amz-date"]));
  if (at === null || headers["x-amz-content-sha256"] !== hash("sha256", body)) return false;
  const signingDate = new Date(`${at.slice(1, 4).join("-")}T${at.slice(4).join(":")}Z`);
  const [, region = ""] = url.hostname.split(".");
  const signer = new SignatureV4({ service: "bedrock-agentcore", region, credentials: CREDENTIALS, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method,
      protocol: "https:",
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...namedIn(headers, names), host: url.host },
      body,
    },
    { signingDate },
  );
  return signed.headers["authorization"] === headers.authorization;
}

function namedIn(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((it) => [it, String(headers[it])]));
}

async function taken(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
