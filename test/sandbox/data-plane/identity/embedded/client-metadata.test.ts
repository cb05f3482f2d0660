import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeveloperIssuers } from "../../../../../sandbox/data-plane/identity/developers.ts";
import { startEmbeddedIssuer } from "../../../../../sandbox/data-plane/identity/embedded/embedded-issuer.ts";
import { plannedRealm } from "../../../../../sandbox/data-plane/identity/planned-realm.ts";
import { METADATA, OAuthClient, REDIRECT } from "../oauth-client.ts";
import { AUDIENCE, realmPlan } from "../planned-tenants.ts";

const folder = mkdtempSync(join(tmpdir(), "alicerce-client-metadata-"));
const certificates = tls.getCACertificates("default");
const asked: string[] = [];
let server: Server;
let issuers: DeveloperIssuers;
let documents: string;

/** What the client says about itself, by the path of the document. */
const DOCUMENTS: Readonly<Record<string, object>> = {
  "/tool.json": {},
  "/any-port.json": {
    redirect_uris: ["http://localhost/callback", "http://127.0.0.1/callback"],
    grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"],
    application_type: undefined,
  },
  "/own-host.json": { redirect_uris: ["https://localhost/callback"], application_type: "web" },
  "/elsewhere.json": { redirect_uris: ["https://evil.example.com/callback"] },
  "/powerful.json": { scope: "mcp:read gateway:admin" },
  "/secret.json": { token_endpoint_auth_method: "client_secret_post" },
  "/someone-else.json": { client_id: "https://localhost/tool.json" },
};

/** A server with a certificate that this process trusts, since a client's address must be https. */
beforeAll(async () => {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...newKey, "-keyout", key, "-out", cert, "-days", "2", ...names], {
    stdio: "ignore",
  });
  tls.setDefaultCACertificates([...certificates, readFileSync(cert, "utf8")]);
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, ({ url = "" }, response) => {
    asked.push(url);
    const document = { ...METADATA, client_id: `${documents}${url}`, ...DOCUMENTS[url] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  documents = `https://localhost:${(server.address() as AddressInfo).port}`;
  issuers = await startEmbeddedIssuer({ realms: [plannedRealm(await realmPlan("acme-corp"), AUDIENCE)] });
});
afterAll(async () => {
  await issuers.stop();
  server.close();
  server.closeAllConnections();
  tls.setDefaultCACertificates(certificates);
  rmSync(folder, { recursive: true });
});

const clientAt = async (url: string) => {
  const client = await OAuthClient.discover(issuers.issuerOf("acme-corp").discoveryUrl);
  client.clientId = url;
  return client;
};

describe("a client that is named by the address of its metadata", () => {
  test("gets a token without registering", async () => {
    const client = await clientAt(`${documents}/tool.json`);
    const [person] = issuers.people;
    const { status, body } = await client.redeem((await client.authorize(person!)).get("code"));
    expect([status, body["scope"]]).toEqual([200, "mcp:read"]);
  });

  test("may be answered at any port of this machine, and may want more grants than there are", async () => {
    const client = await clientAt(`${documents}/any-port.json`);
    const [person] = issuers.people;
    expect((await client.authorize(person!)).has("code")).toBe(true);
  });

  test("may be answered at its own host", async () => {
    const client = await clientAt(`${documents}/own-host.json`);
    const [person] = issuers.people;
    const back = await client.authorize(person!, { redirect_uri: "https://localhost/callback" });
    expect(back.has("code")).toBe(true);
  });

  test.each([
    ["/elsewhere.json", "client is not allowed"],
    ["/powerful.json", "client is not allowed"],
    ["/secret.json", "must not use shared-secret"],
    ["/someone-else.json", "client_id does not match"],
  ])("is refused if its document is %s: %s", async (path, reason) => {
    const client = await clientAt(documents + path);
    const [redirect] = (DOCUMENTS[path] as { redirect_uris?: string[] }).redirect_uris ?? [REDIRECT];
    const answer = await fetch(client.authorizationUrl({ redirect_uri: redirect }), { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    expect(await answer.text()).toContain(reason);
    expect(asked).toContain(path);
  });

  test("is not even looked up on a host that is not allowed", async () => {
    const client = await clientAt(`https://evil.example.com/tool.json`);
    const answer = await fetch(client.authorizationUrl(), { redirect: "manual" });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("client_id metadata document fetch failed"),
    ]);
  });
});
