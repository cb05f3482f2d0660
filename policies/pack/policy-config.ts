import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { ConfigureAnalyzerRequest, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { isOfPlatform } from "../../environments/address.ts";
import type { Rule } from "../engine/rule.ts";
import { RULES } from "../rules.ts";

/** What a rule does when it is violated, in the words of Pulumi's policy configuration. */
export type Level = "advisory" | "mandatory" | "disabled";

/** The levels by the names of rules; a rule that is not in it keeps its own. */
export type Levels = ReadonlyMap<string, Level>;

/** The configuration names what the pack does not have; nothing is judged by it. */
export class PolicyConfigError extends Error {
  readonly code = "ERR_POLICY_CONFIG";
}

/** Reads the configuration of the pack, which the engine has completed; throws `PolicyConfigError` for a rule or a setting that there is not. */
export function levelsIn(request: ConfigureAnalyzerRequest, names: readonly string[]): Levels {
  const levels = new Map<string, Level>();
  request.getPolicyconfigMap().forEach((config, name) => {
    if (name === "all") return; // the engine has given its level to every policy
    if (!names.includes(name)) throw new PolicyConfigError(`there is no policy "${name}" in this pack`);
    const [setting] = Object.keys(config.getProperties()?.toJavaScript() ?? {});
    if (setting !== undefined)
      throw new PolicyConfigError(`"${name}" has no setting "${setting}": only "enforcementLevel" can be set`);
    levels.set(name, levelOf(config.getEnforcementlevel()));
  });
  return levels;
}

/** The rules by which a stack is judged: in those of this platform no configuration changes them. */
export function rulesOf(stack: string, levels: Levels, rules: readonly Rule[] = RULES): readonly Rule[] {
  if (isOfPlatform(stack) || levels.size === 0) return rules;
  return rules
    .filter((it) => levels.get(it.name) !== "disabled")
    .map((it) => {
      const level = levels.get(it.name);
      return level === undefined ? it : { ...it, mandatory: level === "mandatory" };
    });
}

/** The pack mends nothing, so what should be mended is refused. */
function levelOf(level: EnforcementLevel): Level {
  if (level === proto.EnforcementLevel.DISABLED) return "disabled";
  return level === proto.EnforcementLevel.ADVISORY ? "advisory" : "mandatory";
}
