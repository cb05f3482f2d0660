import major from "semver/functions/major.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MCP_SERVERS, type Release, type RetainedRelease } from "../../../../releases/releases.ts";
import type { ServerDefinition } from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { retained } from "../../../../services/libraries/mcp-host/definition/deprecation.ts";
import { brokenPromises } from "./broken-promises.ts";
import { contractOf } from "./contract.ts";

/** How a service is made, and what its tools need. */
export interface Tested<Services> {
  readonly serverOf: (version: string) => ServerDefinition<Services>;
  readonly open: () => Promise<{ readonly services: Services; readonly close: () => Promise<void> }>;
}

/** Lets the clients of every retained major ask the server of that major, and every newer one (premise 6). */
export function testContract<Services>(service: string, { serverOf, open }: Tested<Services>): void {
  const releases = retainedReleases(service);
  let opened: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  describe.each(releases)(`clients of ${service} $version`, (client) => {
    const examples = contractOf(service, major(client.version));
    const sdk = client === releases[0] ? "second" : "first";
    const servers = releases.filter((it) => major(it.version) >= major(client.version));

    test.each(servers)("are served by $version", async (release) => {
      const today = new Date().toISOString().slice(0, 10);
      const server = retained(serverOf(release.version), periodOf(release));
      expect(server.version).toBe(release.version);
      expect(await brokenPromises({ examples, server, services: opened.services, sdk, today })).toEqual([]);
    });
  });
}

/** The releases of a service that the release data keeps, newest first. */
export function retainedReleases(service: string): readonly (Release | RetainedRelease)[] {
  return (MCP_SERVERS[service]?.releases ?? []).flatMap((it) => it ?? []);
}

function periodOf(release: Release | RetainedRelease): { readonly on: string; readonly removeOn: string } | undefined {
  return "removeOn" in release ? { on: release.deprecatedOn, removeOn: release.removeOn } : undefined;
}
