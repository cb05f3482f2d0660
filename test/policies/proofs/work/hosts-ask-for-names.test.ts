import { describe, expect, it } from "vitest";
import { Platform } from "../../../../policies/engine/platform.ts";
import { prove } from "../../../../policies/engine/proof.ts";
import { hostsAskForNames } from "../../../../policies/proofs/liveness/running/hosts-ask-for-names.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { edited } from "../edits.ts";

const LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
const NAME = "name-firewall-allowed";

/** Below it a node looks for names of fewer parts, and finds none: nothing is told such a name. */
const SEARCHED = "*.eu-west-1.compute.internal";

const staging = plansOfAllEnvironments().get("staging") ?? [];
const list = staging.flatMap(({ resources }) => resources).find(({ type, name }) => type === LIST && name === NAME);
const allowed = list?.inputs["domains"] as readonly string[];

/** What the proof says where the list holds these domains. */
function foundWith(domains: readonly string[]): readonly string[] {
  const change = (inputs: Record<string, unknown>): void => {
    inputs["domains"] = domains;
  };
  const plans = edited(staging, { type: LIST, name: NAME, change });
  const [verdict] = prove(new Platform(plans, TODAY), [hostsAskForNames]);
  expect(verdict?.undetermined).toEqual([]);
  return verdict?.violations.map(({ message }) => message) ?? [];
}

describe("the list of names that a VPC may ask for", () => {
  it("holds a name that is needed, wherever in the list", () => {
    expect(foundWith(allowed.toReversed())).toEqual([]);
  });

  it.each(allowed.filter((it) => it !== SEARCHED))("is missed by something when %s is not on it", (name) => {
    const found = foundWith(allowed.filter((it) => it !== name));
    expect(found).not.toEqual([]);
    const tail = name.replace(/^\*/, "");
    expect(found.filter((it) => !it.includes(`${tail}"`))).toEqual([]);
  });
});
