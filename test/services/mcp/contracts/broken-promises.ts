import major from "semver/functions/major.js";
import type { ServerDefinition } from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { DEPRECATION_META } from "../../../../services/libraries/mcp-host/definition/deprecation.ts";
import { listening } from "../../libraries/mcp-host/calls.ts";
import { connectedClient, type ConnectedClient } from "./connected-client.ts";
import type { Example } from "./contract.ts";
import { mismatch } from "./pattern.ts";

/** Who asks whom, and when. */
export interface Trial<Services> {
  readonly examples: readonly Example[];
  readonly server: ServerDefinition<Services>;
  readonly services: Services;
  readonly sdk: "first" | "second";
  /** yyyy-mm-dd */
  readonly today: string;
}

/**
 * What a server owes the clients of an older or its own major, and does not do: answer every example, with the notice if what answers is
 * deprecated, or no longer answer one whose day has passed, which the major before announced.
 */
export async function brokenPromises<Services>(trial: Trial<Services>): Promise<readonly string[]> {
  const at = await listening(trial.server, trial.services);
  try {
    const client = await connectedClient(at, trial.sdk);
    const broken: string[] = [];
    for (const example of trial.examples) {
      const fault = await brokenPromise(trial, example, client);
      if (fault !== undefined) broken.push(`${example.name}: ${fault}`);
    }
    await client.close();
    return broken;
  } finally {
    await at.host.stop();
  }
}

async function brokenPromise<Services>(
  trial: Trial<Services>,
  example: Example,
  client: ConnectedClient,
): Promise<string | undefined> {
  const { method, params, answer, gone } = example;
  const result = await client.ask(method, params);
  const fault = mismatch(answer, result);
  if (gone !== undefined && majorOf(trial) >= gone.since) {
    if (trial.today < gone.on) return `must be answered until ${gone.on}`;
    return fault === undefined ? "is answered, although it is said to be gone" : undefined;
  }
  return fault ?? missingNotice(trial, example, removalIn(result), client.lastHeader("sunset"));
}

function missingNotice<Services>(
  trial: Trial<Services>,
  { params, gone }: Example,
  removeOn: string | undefined,
  sunset: string | undefined,
): string | undefined {
  if (gone?.since === majorOf(trial) + 1 && (removeOn ?? "never") > gone.on)
    return `goes on ${gone.on}, which major ${majorOf(trial)} does not announce`;
  const isTold = removeOn !== undefined && sunset !== undefined;
  return isDeprecated(trial.server, params) && !isTold
    ? "is answered without the notice that it is deprecated"
    : undefined;
}

function majorOf<Services>({ server }: Trial<Services>): number {
  return major(server.version);
}

function removalIn(result: unknown): string | undefined {
  const { _meta: meta } = result as { _meta?: { [DEPRECATION_META]?: { removeOn: string } } };
  return meta?.[DEPRECATION_META]?.removeOn;
}

function isDeprecated<Services>(server: ServerDefinition<Services>, { name }: Example["params"]): boolean {
  const asked = [...server.tools, ...(server.prompts ?? [])].find((it) => it.name === name);
  return asked !== undefined && (asked.deprecated ?? server.deprecated) !== undefined;
}
