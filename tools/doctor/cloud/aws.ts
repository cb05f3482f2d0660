import { createHash, createHmac } from "node:crypto";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SignatureV4 } from "@smithy/signature-v4";
import { XMLParser } from "fast-xml-parser";

const TIMEOUT_MS = 10_000;

/** AWS, as whoever runs the command; calls only read. */
export interface Aws {
  /** The answer of an action of a service that speaks AWS's query protocol, as an object. */
  query(
    service: "sts" | "ec2",
    region: string,
    action: string,
    parameters?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** The answer of an operation of a service that speaks JSON 1.1. */
  json(service: "ecr" | "servicequotas", region: string, target: string, input: object): Promise<Answer>;
  /** The answer to a GET of a service that speaks REST. */
  get(service: "eks" | "bedrock", region: string, path: string): Promise<Answer>;
}

/** What AWS answered. */
export type Answer = Readonly<Record<string, unknown>>;

/** AWS answered that it will not. */
export class AwsProblem extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = "AwsProblem";
    this.code = code;
  }
}

/** AWS by the credentials that its tools find; `AWS_ENDPOINT_URL` leads elsewhere, as for those. */
export function aws(env: Readonly<Record<string, string | undefined>> = process.env): Aws {
  const send = async (call: Call): Promise<Answer> => {
    const base = env["AWS_ENDPOINT_URL"] ?? `https://${call.host}`;
    const url = new URL(call.path, base);
    const request = await signed(call, url);
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return answerOf(response, await response.text());
  };
  return {
    query: (service, region, action, parameters = {}) => {
      const version = service === "sts" ? "2011-06-15" : "2016-11-15";
      const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return send({ service, region, host: hostOf(service, region), method: "POST", path: "/", headers, body });
    },
    json: (service, region, target, input) => {
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
      const body = JSON.stringify(input);
      return send({ service, region, host: hostOf(service, region), method: "POST", path: "/", headers, body });
    },
    get: (service, region, path) =>
      send({ service, region, host: hostOf(service, region), method: "GET", path, headers: {}, body: undefined }),
  };
}

interface Call {
  readonly service: string;
  readonly region: string;
  readonly host: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

function hostOf(service: string, region: string): string {
  return `${service === "ecr" ? "api.ecr" : service}.${region}.amazonaws.com`;
}

async function signed({ service, region, method, headers, body }: Call, url: URL): Promise<RequestInit> {
  const credentials = new SecretsManagerClient({ region }).config.credentials;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    ...(body !== undefined && { body }),
  });
  return { method, headers: request.headers, ...(body !== undefined && { body }) };
}

function answerOf(response: Response, text: string): Answer {
  const isXml = text.trimStart().startsWith("<");
  const parsed: unknown = isXml
    ? new XMLParser({ parseTagValue: false }).parse(text)
    : JSON.parse(text === "" ? "{}" : text);
  if (response.ok) return parsed as Answer;
  throw isXml ? problemInXml(text) : problemInJson(parsed as Answer, response);
}

function problemInXml(text: string): AwsProblem {
  const of = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? "";
  return new AwsProblem(of("Code"), of("Message"));
}

function problemInJson(body: Answer, { headers }: Response): AwsProblem {
  const textOf = (name: string): string | undefined => (typeof body[name] === "string" ? body[name] : undefined);
  const code = headers.get("x-amzn-errortype") ?? textOf("__type") ?? "Error";
  const name = code.split(/[:#]/).find((it) => /Exception|Error/.test(it)) ?? code;
  return new AwsProblem(name, textOf("message") ?? textOf("Message") ?? "no reason was given");
}

/** SHA-256, keyed or not, in the shape that the signer asks for. */
class Sha256 {
  readonly #hash;

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(key));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new TypeError("a hash is used once");
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
