import { developer } from "../../sandbox/data-plane/check/callers.ts";
import type { Platform } from "../../sandbox/data-plane/platform.ts";
import type { Caller, ToolCall } from "./load.ts";
import type { SoakPlatform } from "./platform.ts";

const DATABASE: readonly ToolCall[] = [
  ["database___query", { sql: "SELECT id, name FROM business.customers ORDER BY id LIMIT 20" }],
  ["database___list-tables", {}],
];
const FILES: readonly ToolCall[] = [["files___list-files", {}]];
const API: readonly ToolCall[] = [["api-integration___orders_listOrders", {}]];
/** What a caller of each scenario calls in turn. */
export const CALLS = {
  internal: [...DATABASE, ["development___list-servers", {}]],
  b2c: [...DATABASE, ...API],
  b2b: [...DATABASE, ...FILES, ...API],
} as const;

/** Who calls the gateway of developers: one alone would be beyond its rate of 1,000 calls a minute. */
const DEVELOPERS = ["alice", "bruno", "carla"];

/** The callers of each gateway of the platform, three people or a machine where one is no agent, with tokens that can be renewed. */
export async function callersOf(platform: SoakPlatform): Promise<readonly Caller[]> {
  const callers: Caller[] = [];
  for (const gateway of platform.credentials.gateways) {
    const { tenant, tokenEndpoint, machines } = gateway;
    // Agents may do nothing on nobody's behalf.
    const own = machines.filter(({ name }) => name.startsWith("machine-"));
    const issuers =
      tokenEndpoint === undefined
        ? DEVELOPERS.map((username) => () => personsToken(platform, tenant, username))
        : own.map((machine) => () => machinesToken(tokenEndpoint, machine));
    for (const issued of issuers) callers.push(await callerOf(gateway, issued));
  }
  return callers;
}

type Gateway = SoakPlatform["credentials"]["gateways"][number];
type Machine = Gateway["machines"][number];

async function callerOf({ tenant, url, scenario }: Gateway, issued: () => Promise<string>): Promise<Caller> {
  let token = await issued();
  const renew = async (): Promise<void> => {
    token = await issued();
  };
  return { tenant, url, token: () => token, renew, calls: CALLS[scenario] };
}

async function machinesToken(endpoint: string, { clientId, clientSecret, scopes }: Machine): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: scopes.join(" ") }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function personsToken(platform: SoakPlatform, tenant: string, username: string): Promise<string> {
  const people = platform.credentials.people.filter((it) => it.username === username);
  const { client, login } = developer({ ...platform.credentials, people } as unknown as Platform, tenant);
  await client.listTools();
  await client.close();
  return login.tokens()?.access_token ?? "";
}
