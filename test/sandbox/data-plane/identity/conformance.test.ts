import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startEmbeddedIssuer } from "../../../../sandbox/data-plane/identity/embedded/embedded-issuer.ts";
import { plannedRealm } from "../../../../sandbox/data-plane/identity/planned-realm.ts";
import { scriptedSignIn } from "../../../../sandbox/data-plane/identity/scripted-sign-in.ts";
import { freePorts } from "../../../support/free-ports.ts";
import { AUDIENCE, realmPlan } from "./planned-tenants.ts";

const SUITE = fileURLToPath(
  new URL("../../../../node_modules/@modelcontextprotocol/conformance/dist/index.js", import.meta.url),
);

test("the embedded issuer passes the authorization leg of the conformance suite", async () => {
  const port = await freePorts();
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const issuers = await startEmbeddedIssuer({
    realms: [plannedRealm(await realmPlan("acme-corp"), AUDIENCE)],
    clients: [{ tenantId: "acme-corp", clientId: "conformance", redirectUris: [redirectUri] }],
  });
  const results = mkdtempSync(join(tmpdir(), "alicerce-conformance-"));
  try {
    const { issuer } = issuers.issuerOf("acme-corp");
    const of = ["--url", issuer, "--client-id", "conformance", "--resource", AUDIENCE];
    const suite = spawn(process.execPath, [SUITE, "authorization", ...of, "-p", String(port), "-o", results]);
    const exit = once(suite, "exit") as Promise<[number]>;
    let output = "";
    const { username, password } = issuers.people[0]!;
    suite.stdout.on("data", (chunk: Buffer) => {
      const before = output;
      output += chunk.toString();
      const [, url] = /(http\S+\/protocol\/openid-connect\/auth\?\S+)\s/.exec(output) ?? [];
      if (url === undefined || before.includes(url)) return;
      // The suite waits for a browser: somebody signs in, and the browser goes where it is sent.
      void scriptedSignIn({ url: new URL(url), username, password, redirectUri }).then((it) => fetch(it));
    });
    const [exitCode] = await exit;
    const [, summary = ""] = output.split("=== SUMMARY ===");
    expect(summary.match(/^[✓✗] .*$/gm)).toEqual([
      "✓ authorization-server-metadata-endpoint: 2 passed, 0 failed",
      "✓ authorization-code-grant: 1 passed, 0 failed",
    ]);
    expect(exitCode).toBe(0);
  } finally {
    await issuers.stop();
    rmSync(results, { recursive: true });
  }
});
