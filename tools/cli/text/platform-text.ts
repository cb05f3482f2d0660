import { writeFile } from "node:fs/promises";
import path from "node:path";
import ansis from "ansis";
import Table from "cli-table3";
import {
  claudeCommands,
  inspectorCommand,
  vscodeConfiguration,
} from "../../../sandbox/data-plane/client-configuration.ts";
import type { Platform } from "../../../sandbox/data-plane/platform.ts";
import { duration, say } from "./terminal.ts";

const STYLE = { head: [], border: [], compact: true };

/** Prints where everything is that runs, who can sign in, and how clients are pointed at it. */
export async function sayPlatform(
  platform: Platform,
  { folder, upMs }: { readonly folder: string; readonly upMs: number },
): Promise<void> {
  const { gateways, people, software, recordsFolder } = platform;
  say(`Up in ${duration(upMs)}: developers by ${software}, machines by a stand-in for Amazon Cognito.\n`);
  say(gatewayTable(gateways));
  say(`\n${ansis.bold("People")}, who sign in at the internal gateways`);
  const table = new Table({ head: ["Tenant", "Name", "Password"], style: STYLE });
  for (const { tenantId, username, password } of people) table.push([tenantId, username, password]);
  say(table.toString());
  const configuration = path.join(folder, "vscode-mcp.json");
  const text = JSON.stringify(vscodeConfiguration(gateways), null, 2);
  await writeFile(configuration, `${text}\n`);
  say(`\n${ansis.bold("VS Code")}, as .vscode/mcp.json (${configuration})\n${text}`);
  say(`\n${ansis.bold("Claude Code")}\n${claudeCommands(gateways).join("\n")}`);
  say(`\n${ansis.bold("MCP Inspector")}\n${inspectorCommand(gateways)}`);
  say(
    `\n${ansis.bold("Machines")}, their secrets, and how they get tokens: npx alicerce local --credentials --folder ${folder}`,
  );
  sayConsumerBffs(platform.consumerBffs);
  sayPartnerBffs(platform.partnerBffs);
  sayAgents(platform.agents);
  say(`Audit lines and logs: ${recordsFolder}`);
  say("Ctrl-C ends it.");
}

function gatewayTable(gateways: Platform["gateways"]): string {
  const table = new Table({ head: ["Tenant", "Scenario", "MCP endpoint", "Who calls"], style: STYLE });
  for (const { tenant, scenario, url, machines } of gateways) {
    const callers = scenario === "internal" ? "people" : machines.map((it) => it.name).join(", ");
    table.push([tenant, scenario, url, callers]);
  }
  return table.toString();
}

function sayPartnerBffs(bffs: Platform["partnerBffs"]): void {
  say(`\n${ansis.bold("Partners")}, whose systems call the BFF; npx alicerce partner --help admits more`);
  for (const { tenant, documentation, url, partners } of bffs) {
    say(`${tenant}: ${documentation}`);
    for (const { id, apiKey } of partners) say(`  ${id}: curl -s -H 'x-api-key: ${apiKey}' ${url}/v1/orders`);
  }
}

function sayConsumerBffs(bffs: Platform["consumerBffs"]): void {
  say(`\n${ansis.bold("Consumers")}, who sign in at a chat page; its answers come from a scripted model`);
  for (const { tenant, url, people } of bffs)
    say(`${tenant}: ${url}  ${people.map((it) => `${it.username} ${it.password}`).join(", ")}`);
}

function sayAgents(agents: Platform["agents"]): void {
  say(`\n${ansis.bold("Agents")}, which speak A2A 1.0 with whoever shows both identities; their model is scripted`);
  for (const { tenant, urls } of agents)
    for (const [name, url] of Object.entries(urls)) say(`${tenant}: ${name} ${url}.well-known/agent-card.json`);
}
