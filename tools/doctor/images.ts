import { type Candidate, type McpService, type Release, UNBUILT } from "../../releases/releases.ts";
import { type Finding, verdicts } from "./check.ts";

/** The images that a deployment would run. */
export interface Releases {
  readonly servers: Readonly<Record<string, McpService>>;
  readonly agents: Readonly<Record<string, { readonly release: Release }>>;
}

/** Says which images were never built: a server's stands in the way, for an agent's the tenants are deployed without that agent. */
export function lookAtImages({ servers, agents }: Releases): readonly Finding[] {
  const ofServers = Object.entries(servers).map(([service, it]) => {
    const { ok, missing } = verdicts(`image of mcp-${service}`);
    const all: readonly (Release | Candidate | undefined)[] = [...it.releases, it.candidate];
    const unbuilt = all.filter((release) => release?.digest === UNBUILT).map((release) => release?.version ?? "");
    return unbuilt.length === 0
      ? ok("built")
      : missing(`${unbuilt.join(", ")} never built`, `npx alicerce build --push ${service}`);
  });
  const ofAgents = Object.entries(agents).map(([agent, { release }]) => {
    const { ok, advice } = verdicts(`image of agent-${agent}`);
    return release.digest === UNBUILT
      ? advice(
          `${release.version} never built: tenants are deployed without it`,
          "write its digest into releases/releases.ts",
        )
      : ok("built");
  });
  return [...ofServers, ...ofAgents];
}
