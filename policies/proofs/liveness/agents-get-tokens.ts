import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { hostOf } from "../../facts/reach/host.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { allMachines } from "./checks/agents.ts";
import { callChecks } from "./checks/call-checks.ts";
import { ownTokenChecks, tokenFunctionOf } from "./checks/token-functions.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** The token endpoint of a user pool has no private endpoint, and a pool with a domain none at all (Amazon Cognito, "interface VPC endpoints"). */
export const agentsGetTokens = proof({
  premise: 4,
  id: "agents-get-tokens",
  severity: "high",
  description:
    "Every agent and BFF gets its token from inside the VPC, by a function that is outside and knows the client's secret.",
  remediation: "Give the agent a function that asks the pool's token endpoint, and let the agent's role call it.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const agent of allMachines(platform)) walk(record, "agents-get-tokens", agent, checksOf(platform, agent));
  },
});

function checksOf(platform: Platform, agent: Placed): HopChecks<"agents-get-tokens"> {
  const host = hostOf(platform, agent);
  const asked = tokenFunctionOf(platform, host);
  const calls = (): readonly Call[] =>
    asked === undefined ? [] : [{ action: "lambda:InvokeFunction", resource: outputOf(asked.resource, "arn") }];
  const { name } = agent.resource;
  return {
    function: () =>
      cutUnless(asked !== undefined, agent, `"${name}" must name the function that hands out its tokens.`),
    ...callChecks(platform, host, { service: "lambda", calls }),
    ...ownTokenChecks(platform, asked),
  };
}
