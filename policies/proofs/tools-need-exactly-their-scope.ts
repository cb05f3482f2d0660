import { type Scope, SCOPES } from "../../contracts/scopes.ts";
import { partsOfToolName, SEARCH_TOOL } from "../../contracts/tool-names.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { demandedScope } from "./cedar/conditions.ts";
import { type GuardedGateway, guardedGateways, type Written } from "./cedar/engines.ts";
import { entitiesOf } from "./cedar/parse.ts";
import { offeredTools, type OfferedTools } from "./cedar/tools.ts";

/** For every tool behind every gateway: the policies permit it to callers with the scope of its contract, and to nobody else. */
export const toolsNeedExactlyTheirScope = proof({
  premise: 8,
  id: "tools-need-exactly-their-scope",
  severity: "critical",
  description: "A tool can be called with the scope that its published contract names, and with no other.",
  remediation: "List the tool in the permit of its scope, and demand the scope as a word of the tag `scope`.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  prove: (platform, record) => {
    for (const gateway of guardedGateways(platform, record)) {
      const offered = offeredTools(gateway, platform, record);
      const permitted = new Map<string, Set<Scope>>();
      record.count("gateways");
      record.count("tools", offered.scopes.size);
      record.count("pairs of a tool and a scope", offered.scopes.size * SCOPES.length);
      for (const it of gateway.policies)
        if (it.policy.effect === "permit")
          record.guarded(it.at, () => judgePermit(it, { gateway, offered, permitted }, record));
      for (const [tool, scope] of offered.scopes)
        if (tool !== SEARCH_TOOL && permitted.get(tool)?.has(scope) !== true)
          record.violated(gateway, `"${gateway.resource.name}" must permit "${tool}" to callers with ${scope}.`, [
            "No policy of its engine lists the tool for that scope.",
          ]);
    }
  },
});

interface Judging {
  readonly gateway: GuardedGateway;
  readonly offered: OfferedTools;
  readonly permitted: Map<string, Set<Scope>>;
}

function judgePermit({ at, policy }: Written, { gateway, offered, permitted }: Judging, record: Recorder): void {
  const { name } = at.resource;
  const actions = entitiesOf(policy.action);
  const word = demandedScope(policy);
  const scope = scopeOf(word, gateway);
  if (actions === undefined)
    record.violated(at, `"${name}" must list the tools that it permits.`, ["It leaves the action open."]);
  if (scope === undefined)
    record.violated(at, `"${name}" must demand one scope of the gateway "${gateway.resource.name}".`, [
      word === undefined ? "It demands none, or in a way that is not understood." : `It demands ${word}.`,
    ]);
  if (actions === undefined || scope === undefined) return;
  for (const tool of actions) {
    permitted.set(tool, (permitted.get(tool) ?? new Set()).add(scope));
    judgeTool(tool, scope, offered, (message, step) => record.violated(at, `"${name}" ${message}`, [step]));
  }
}

function judgeTool(
  tool: string,
  scope: Scope,
  { scopes, withoutContract }: OfferedTools,
  report: (message: string, step: string) => void,
): void {
  const contract = scopes.get(tool);
  if (contract === scope) return;
  if (contract !== undefined)
    report(
      `must not permit "${tool}" to callers with ${scope}.`,
      `The published contract of the tool names ${contract}.`,
    );
  else if (!withoutContract.includes(partsOfToolName(tool)?.target ?? ""))
    report(`must not permit "${tool}", which no target of the gateway offers.`, "No published contract has the tool.");
}

/** The scope that a word of a token stands for; issuers say `mcp:read`, or `<resource server>/mcp.read`. */
function scopeOf(word: string | undefined, { resource }: GuardedGateway): Scope | undefined {
  const allowed = resource.texts("authorizerConfiguration.customJwtAuthorizer.allowedScopes");
  if (word === undefined || (allowed.length > 0 && !allowed.includes(word))) return undefined;
  return SCOPES.find((it) => word === it || word.endsWith(`/${it.replace(":", ".")}`));
}
