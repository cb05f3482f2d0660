import ansis from "ansis";
import type { PlatformCredentials } from "../../sandbox/data-plane/credentials.ts";
import { say } from "./text/terminal.ts";

type Gateway = PlatformCredentials["gateways"][number];
type Machine = Gateway["machines"][number];

/** Prints what every caller of a running platform needs, with a request for a token that can be pasted into a shell. */
export function sayCredentials({ gateways, people }: PlatformCredentials): void {
  for (const gateway of gateways) {
    say(`${ansis.bold(`${gateway.tenant} ${gateway.scenario}`)}  ${gateway.url}`);
    if (gateway.scenario === "internal") sayPeople(people, gateway);
    else for (const it of gateway.machines) sayMachine(it, gateway);
    say();
  }
}

function sayPeople(people: PlatformCredentials["people"], { tenant, issuer }: Gateway): void {
  say(`  people sign in at ${issuer}; an MCP client finds it by itself`);
  for (const { username, password } of people.filter((it) => it.tenantId === tenant))
    say(`  ${username}  password ${password}`);
}

function sayMachine({ name, clientId, clientSecret, scopes }: Machine, { tokenEndpoint = "" }: Gateway): void {
  say(`  ${name}`);
  say(`    client id       ${clientId}`);
  say(`    client secret   ${clientSecret}`);
  say(`    token endpoint  ${tokenEndpoint}`);
  say(`    scopes          ${scopes.join(" ")}`);
  say(`    ${tokenRequest(clientId, clientSecret, scopes, tokenEndpoint)}`);
}

function tokenRequest(id: string, secret: string, scopes: readonly string[], endpoint: string): string {
  return `curl -s -u '${id}:${secret}' -d grant_type=client_credentials -d 'scope=${scopes.join(" ")}' ${endpoint}`;
}
