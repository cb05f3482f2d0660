import { modelBehind, modelsOf, MODELS_SOURCE } from "../../../environments/models.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { residencyIn } from "../../facts/geography.ts";
import { hostOf, variableOf } from "../../facts/reach/host.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { allAgents } from "./checks/agents.ts";
import { callChecks } from "./checks/call-checks.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

const ACTIONS = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];

/** A model that does not exist in the region answers every call with "the provided model identifier is invalid". */
export const agentsCallTheirModel = proof({
  premise: "residency",
  id: "agents-call-their-model",
  severity: "high",
  description:
    "Every agent's model exists for its tenant's residency, and the agent's role and network let it be called.",
  remediation:
    "Name a model of `environments/models.ts` for the residency, and let `grant` and the endpoint permit its call.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const agent of allAgents(platform)) walk(record, "agents-call-their-model", agent, checksOf(platform, agent));
  },
});

function checksOf(platform: Platform, agent: Placed): HopChecks<"agents-call-their-model"> {
  const host = hostOf(platform, agent);
  const called = () => variableOf(host, "MODEL_ID");
  const model = () => modelBehind(called(), residencyIn(agent.stack), regionOf(agent));
  return {
    model: () => {
      const residency = residencyIn(agent.stack);
      const known = `${modelsOf(residency).join(", ")}; AWS, ${MODELS_SOURCE.asOf}`;
      const mend = `"${agent.resource.name}" must call a model that exists in ${regionOf(agent)} for the residency "${residency}" (${known}), not "${called() ?? ""}".`;
      return cutUnless(model() !== undefined, agent, mend);
    },
    ...callChecks(platform, host, { service: "bedrock-runtime", calls: () => callsOf(agent, called() ?? "", model()) }),
  };
}

/** What IAM must allow: the model; and behind a profile, the profile and through it the model, in each region that it may choose. */
function callsOf(agent: Placed, called: string, model: string | undefined): readonly Call[] {
  if (model === undefined) return [];
  const { address } = agent.stack;
  const region = regionOf(agent);
  const foundation = `arn:aws:bedrock:${region}::foundation-model/${model}`;
  if (called === model) return ACTIONS.map((action) => ({ action, resource: foundation }));
  const profile = `arn:aws:bedrock:${region}:${address.environment.account}:inference-profile/${called}`;
  const context = { "bedrock:inferenceprofilearn": profile };
  return ACTIONS.flatMap((action) => [
    { action, resource: profile, context },
    { action, resource: foundation, context },
  ]);
}

function regionOf({ stack }: Placed): string {
  return stack.region ?? "";
}
