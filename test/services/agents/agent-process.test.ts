import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, it } from "vitest";
import { A2A_AUDIT_EVENT, auditLineSchema } from "../../../contracts/records/audit-line.ts";
import { logLineSchema } from "../../../contracts/records/log-line.ts";
import { upToDateBundle } from "../../../tools/build/bundle.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { resourcesOfType } from "../../infra/plans.ts";

const AGENT = "customer-support";

interface Spec {
  readonly template: {
    readonly spec: {
      readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value: string }[] }[];
    };
  };
}

const ended: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ended.map((end) => end())));

it("an agent's process writes lines of the one schema, of its start and of a call that it refuses", async () => {
  const child = spawn(process.execPath, [await mainOf(`agent-${AGENT}`)], {
    env: { ...planned(), AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none", PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  ended.push(async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value)) as unknown;

  const started = logLineSchema.parse(await next());
  expect(started).toMatchObject({ level: "INFO", component: AGENT, event: "listening" });
  const message = { jsonrpc: "2.0", id: 1, method: "SendMessage", params: {} };
  const answer = await fetch(`http://127.0.0.1:${String(started.details?.["port"])}/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(message),
  });
  expect(answer.status).toBe(401);
  let line = await next();
  // Spans that reach nobody may be told of before.
  while (logLineSchema.parse(line).event !== A2A_AUDIT_EVENT) line = await next();
  expect(auditLineSchema.parse(line)).toMatchObject({
    level: "WARN",
    component: AGENT,
    details: { status: "refused" },
  });
});

function planned(): Readonly<Record<string, string>> {
  const deployments = resourcesOfType("production.us-east-1.acme-corp", "kubernetes:apps/v1:Deployment");
  const { template } = deployments.find(({ name }) => name === `agent-${AGENT}`)?.inputs["spec"] as Spec;
  return Object.fromEntries(template.spec.containers.flatMap(({ env }) => env.map(({ name, value }) => [name, value])));
}

/** The bundle of what the sources say now: a build may not have run since. */
async function mainOf(name: string): Promise<string> {
  const service = servicesOf(PROJECT).find((it) => it.name === name);
  if (service === undefined) throw new TypeError(`there is no service ${name}`);
  const folder = mkdtempSync(path.join(tmpdir(), "alicerce-agent-"));
  ended.push(() => rm(folder, { recursive: true }));
  for (const file of (await upToDateBundle(service, PROJECT)).files) {
    mkdirSync(path.dirname(path.join(folder, file.path)), { recursive: true });
    writeFileSync(path.join(folder, file.path), file.bytes);
  }
  return path.join(folder, "index.mjs");
}
