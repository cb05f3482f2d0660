import { readFile } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import type { Platform } from "./platform.ts";
import { NoPlatformError, platformIn } from "./platform-lock.ts";

const machine = z.object({
  name: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  /** Those that are worth something at this gateway, as the issuer calls them. */
  scopes: z.array(z.string()),
});

const schema = z.object({
  identity: z.string(),
  gateways: z.array(
    z.object({
      tenant: z.string(),
      scenario: z.enum(["internal", "b2c", "b2b"]),
      url: z.string(),
      issuer: z.string(),
      /** Of machines: where people sign in, clients find it by themselves. */
      tokenEndpoint: z.string().optional(),
      machines: z.array(machine),
    }),
  ),
  people: z.array(z.object({ tenantId: z.string(), username: z.string(), password: z.string() })),
  recordsFolder: z.string(),
});

/** Where a running platform can be called, and by whom: with the credentials of this run, which are worth nothing elsewhere. */
export type PlatformCredentials = z.output<typeof schema>;

/** The file of a running platform's credentials, which only its owner may read. */
export function credentialsFile(folder: string): string {
  return path.join(folder, "credentials.json");
}

/** What is to be known of a platform to call it. */
export function credentialsOf({ gateways, people, software, recordsFolder }: Platform): PlatformCredentials {
  return {
    identity: software,
    gateways: gateways.map(({ tenant, scenario, url, issuer, machines }) => ({
      tenant,
      scenario,
      url,
      issuer,
      ...(scenario !== "internal" && { tokenEndpoint: `${issuer}/oauth2/token` }),
      machines: machines.flatMap(({ name, clientId, clientSecret, scopes }) =>
        clientSecret === undefined
          ? []
          : [{ name, clientId, clientSecret, scopes: scopes.filter((it) => it.includes(`.${scenario}/`)) }],
      ),
    })),
    people: people.map(({ tenantId, username, password }) => ({ tenantId, username, password })),
    recordsFolder,
  };
}

/** Writes down what other commands need to know of a platform, for its owner alone. */
export async function writeCredentials(folder: string, credentials: PlatformCredentials): Promise<void> {
  await writeFileAtomic(credentialsFile(folder), `${JSON.stringify(credentials)}\n`, { mode: 0o600 });
}

/** The credentials of the platform that runs in a folder; throws `NoPlatformError` if none does, or is not up yet. */
export async function readCredentials(folder: string): Promise<PlatformCredentials> {
  const pid = await platformIn(folder);
  if (pid === undefined)
    throw new NoPlatformError(`no platform runs in ${folder}: start one with npx alicerce local, and leave it running`);
  const text = await readFile(credentialsFile(folder), "utf8").catch(() => undefined);
  if (text === undefined)
    throw new NoPlatformError(`the platform in ${folder} (process ${pid}) is not up yet: try again when it is`);
  return schema.parse(JSON.parse(text));
}
