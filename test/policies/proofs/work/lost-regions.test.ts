import { describe, expect, it } from "vitest";
import { RESIDENCIES, type Region, residencyOf, standbyOf } from "../../../../environments/residency.ts";
import { production } from "../../../../environments/production.ts";
import type { Plan } from "../../../../plan/model.ts";
import { Platform } from "../../../../policies/engine/platform.ts";
import { prove } from "../../../../policies/engine/proof.ts";
import { LIVENESS } from "../../../../policies/proofs/liveness/liveness.ts";
import { standbysHoldWhatARegionHolds } from "../../../../policies/proofs/standbys-hold-what-a-region-holds.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { edited } from "../edits.ts";

const plans = plansOfAllEnvironments().get("production")!;
const RECORD = "aws:route53/record:Record";
const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
const regions = Object.keys(production.regions) as Region[];
const regionOf = ({ stack }: Plan): string | undefined => stack.split(".")[1];
/** What is left when a region is lost with all that is in it: the stacks of the others. */
const without = (lost: Region): readonly Plan[] => plans.filter((it) => regionOf(it) !== lost);
const found = (all: readonly Plan[], proofs: Parameters<typeof prove>[1]): readonly string[] =>
  prove(new Platform(all, TODAY), proofs).flatMap((it) =>
    [...it.violations, ...it.undetermined].map(({ message }) => message),
  );

describe.each(regions)("when %s is lost", (lost) => {
  const left = without(lost);
  const standby = standbyOf(lost);
  const [tenants, residency] = [Object.entries(production.tenants), residencyOf(lost)!];
  const inBoth = tenants.filter(([, it]) => [lost, standby].every((one) => it.regions.some((place) => place === one)));

  it("what is left works by itself: no stack needs one of that region to serve", () => {
    expect(left.length).toBeLessThan(plans.length);
    expect(found(left, LIVENESS)).toEqual([]);
  });

  it("each name of a BFF is answered by the standby, and by no region of another residency", () => {
    for (const scenario of ["b2c", "b2b"]) {
      const name = `*.${scenario}.${residency}.${production.domain}`;
      const answering = left.filter((it) =>
        it.resources.some((one) => one.type === RECORD && one.inputs["name"] === name),
      );
      expect(answering.map(regionOf)).toEqual(standby === undefined ? [] : [standby]);
    }
  });

  it("each tenant that is in both regions has the same gateways in the standby", () => {
    for (const [id] of inBoth) {
      const gateways = (region: string | undefined): readonly string[] =>
        plans
          .filter((it) => it.stack === `production.${region ?? ""}.${id}`)
          .flatMap((it) => it.resources.filter(({ type }) => type === GATEWAY).map(({ name }) => name));
      expect(gateways(standby)).not.toEqual([]);
      expect(gateways(standby)).toEqual(gateways(lost));
    }
  });
});

it("what each region keeps is in its standby, and a drill would find out if it were not", () => {
  expect(found(plans, [standbysHoldWhatARegionHolds])).toEqual([]);
  const without = edited(plans, { type: "aws:dynamodb/tableReplica:TableReplica", name: /./ });
  expect(found(without, [standbysHoldWhatARegionHolds])).not.toEqual([]);
});

it("a drill would find out that a stack needs a region that is lost", () => {
  const left = without("us-east-1").map((plan) =>
    plan.stack === "production.us-west-2.acme-corp"
      ? { ...plan, resources: plan.resources.filter(({ type }) => type !== "aws:lambda/invocation:Invocation") }
      : plan,
  );
  expect(found(left, LIVENESS)).not.toEqual([]);
});

it("the order of failover has no more than one step: the other region of the set", () => {
  for (const set of Object.values(RESIDENCIES)) expect(set.length).toBeLessThanOrEqual(2);
  const shown = Object.fromEntries(regions.map((it) => [it, standbyOf(it)]));
  expect(shown).toMatchObject({ "eu-west-1": "eu-central-1", "us-east-1": "us-west-2", "sa-east-1": undefined });
});
