import type { Platform } from "../platform.ts";
import { consumerScenario } from "./consumer-scenario.ts";
import { internalScenario } from "./internal-scenario.ts";
import { partnerScenario } from "./partner-scenario.ts";
import type { Step, WalkedScenario } from "./walk.ts";

/** Goes through the three scenarios as their users would, each by itself, and tells every step as it ends. */
export async function walkScenarios(
  platform: Platform,
  told: { readonly onStep: (step: Step) => void; readonly onScenario: (title: string) => void },
): Promise<readonly WalkedScenario[]> {
  const walked: WalkedScenario[] = [];
  for (const { title, walk } of SCENARIOS) {
    told.onScenario(title);
    walked.push({ title, steps: await walk(platform, told.onStep) });
  }
  return walked;
}

const SCENARIOS = [
  { title: "Internal development: a person, an IDE, Keycloak's realm", walk: internalScenario },
  { title: "B2C: an agent for consumers, Amazon Cognito's pool", walk: consumerScenario },
  { title: "B2B: a partner's system, Amazon Cognito's pool", walk: partnerScenario },
] as const;
