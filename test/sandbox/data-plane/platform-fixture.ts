import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { developer } from "../../../sandbox/data-plane/check/callers.ts";
import type { DeveloperSoftware } from "../../../sandbox/data-plane/identity/identity.ts";
import { LOCAL_STACKS, localTenants } from "../../../sandbox/data-plane/local-tenants.ts";
import { type Platform, startPlatform } from "../../../sandbox/data-plane/platform.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";

/** The platform on free ports, in a folder that goes with it. */
export async function startedPlatform(software: DeveloperSoftware = { kind: "embedded" }): Promise<Platform> {
  const folder = await mkdtemp(path.join(tmpdir(), "alicerce-platform-"));
  const plans = await planStacks(LOCAL_STACKS, { preview: "known" });
  const tenants = localTenants(plans.map((it) => it.plan));
  const silent = () => undefined;
  const told = { onStep: silent, onProblem: silent };
  const platform = await startPlatform({ tenants, premiseReport: {}, folder, software, ...told });
  const stop = async (): Promise<void> => {
    await platform.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...platform, stop };
}

/** The access token of a developer who has signed in once, with all scopes that she may have. */
export async function developerToken(platform: Platform, tenant: string): Promise<string> {
  const { client, login } = developer(platform, tenant);
  await client.listTools();
  await client.close();
  return login.tokens()?.access_token ?? "";
}
