import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inSpan } from "../../../../services/libraries/telemetry/spans.ts";
import { startTelemetry, type Telemetry } from "../../../../services/libraries/telemetry/telemetry.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let telemetry: Telemetry | undefined;
const sent: Sent[] = [];
beforeEach(() => {
  sent.length = 0;
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", SECRET);
  vi.stubEnv("AWS_SESSION_TOKEN", "session");
  // The internet, to which a test does not send.
  vi.stubGlobal("fetch", (url: URL, { headers, body }: Omit<Sent, "url">) => {
    sent.push({ url: url.href, headers, body });
    return Promise.resolve(new Response("{}"));
  });
});
afterEach(async () => {
  await telemetry?.stop();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

async function traced(endpoint: string): Promise<Sent> {
  const failed = (error: unknown) => expect.fail(String(error));
  const of = { service: "mcp-database", version: "3.0.0", tenantId: "acme-corp", failed };
  telemetry = await startTelemetry(of, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  await inSpan("tools/call", { kind: "server", attributes: {} }, () => Promise.resolve());
  await telemetry.flush();
  const [only, ...others] = sent;
  if (only === undefined || others.length > 0) throw new Error(`${sent.length} requests`);
  return only;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** The signature that AWS computes of a request (AWS General Reference, "Create a signed AWS API request"). */
function signatureOf({ headers, body }: Sent, region: string): string {
  const [, signedHeaders = ""] = /SignedHeaders=([^,]+)/.exec(headers["authorization"] ?? "") ?? [];
  const all: Readonly<Record<string, string>> = { ...headers, host: `xray.${region}.amazonaws.com` };
  const lines = signedHeaders.split(";").map((name) => `${name}:${all[name]?.trim() ?? ""}\n`);
  const request = ["POST", "/v1/traces", "", lines.join(""), signedHeaders, sha256(body)].join("\n");
  const time = headers["x-amz-date"] ?? "";
  const scope = [time.slice(0, 8), region, "xray", "aws4_request"];
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return hmac(key, ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(request)].join("\n")).toString("hex");
}

test("Spans for X-Ray are signed by the workload's role, in the region of the endpoint", async () => {
  const it = await traced("https://xray.eu-west-1.amazonaws.com");
  expect(it.url).toBe("https://xray.eu-west-1.amazonaws.com/v1/traces");
  expect(it.headers).toMatchObject({ "content-type": "application/json", "x-amz-security-token": "session" });
  expect(it.headers["authorization"]).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/xray\/aws4_request, /,
  );
  expect(it.headers["authorization"]).toContain(`Signature=${signatureOf(it, "eu-west-1")}`);
  expect(it.body).toContain("acme-corp");
});

test.each([
  "http://cloudwatch-agent.amazon-cloudwatch.svc.cluster.local:4318",
  "http://xray.eu-west-1.amazonaws.com",
  "https://xray.eu-west-1.amazonaws.com.example.net",
  "https://xray.example.net",
])("No other collector, such as %s, gets a signature or a name of the role", async (endpoint) => {
  const { headers } = await traced(endpoint);
  expect(headers).toEqual({ "content-type": "application/json" });
});
