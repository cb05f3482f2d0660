import type { PlatformGateway } from "./platform.ts";

/** The gateways at which people sign in: what an IDE can be pointed at without further ado. */
function forPeople(gateways: readonly PlatformGateway[]): readonly PlatformGateway[] {
  return gateways.filter((it) => it.scenario === "internal");
}

function nameOf({ tenant, scenario }: PlatformGateway): string {
  return `alicerce-${tenant}-${scenario}`;
}

/** The content of `.vscode/mcp.json` for VS Code. */
export function vscodeConfiguration(gateways: readonly PlatformGateway[]): object {
  const servers = forPeople(gateways).map((it) => [nameOf(it), { type: "http", url: it.url }] as const);
  return { servers: Object.fromEntries(servers) };
}

/** The commands that point Claude Code at the gateways. */
export function claudeCommands(gateways: readonly PlatformGateway[]): readonly string[] {
  return forPeople(gateways).map((it) => `claude mcp add --transport http ${nameOf(it)} ${it.url}`);
}

/** A command by which the MCP Inspector lists what the first of the gateways offers. */
export function inspectorCommand(gateways: readonly PlatformGateway[]): string {
  return `npx alicerce inspect ${forPeople(gateways)[0]?.url ?? ""}`;
}
