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

/** One caller for each gateway of the platform, with a token that can be renewed. */
export async function callersOf(platform: SoakPlatform): Promise<readonly Caller[]> {
  const callers: Caller[] = [];
  for (const { tenant, scenario, url, tokenEndpoint, machines } of platform.credentials.gateways) {
    const [machine] = machines;
    const issued = (): Promise<string> =>
      tokenEndpoint === undefined || machine === undefined
        ? personsToken(platform, tenant)
        : machinesToken(tokenEndpoint, machine);
    let token = await issued();
    const renew = async (): Promise<void> => {
      token = await issued();
    };
    callers.push({ tenant, url, token: () => token, renew, calls: CALLS[scenario] });
  }
  return callers;
}

type Machine = SoakPlatform["credentials"]["gateways"][number]["machines"][number];

async function machinesToken(endpoint: string, { clientId, clientSecret, scopes }: Machine): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: scopes.join(" ") }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function personsToken(platform: SoakPlatform, tenant: string): Promise<string> {
  const { client, login } = developer(platform.credentials as unknown as Platform, tenant);
  await client.listTools();
  await client.close();
  return login.tokens()?.access_token ?? "";
}
