import { beforeAll, describe, expect, it } from "vitest";
import { addressesOf } from "../../environments/address.ts";
import { development } from "../../environments/development.ts";
import { production } from "../../environments/production.ts";
import type { Plan } from "../../plan/model.ts";
import { planStacks } from "../../tools/offline-planner/plan.ts";
import type { Planted } from "./environment.ts";
import { Judgement } from "./judgement.ts";
import { CUTS, LEAKS } from "./lists.ts";
import { NOT_FOUND } from "./not-found.ts";

const judgement = new Judgement();
const plans = new Map<string, readonly Plan[]>();

beforeAll(async () => {
  for (const environment of [production, development]) {
    const stacks = await planStacks(addressesOf(environment), { preview: "known" });
    plans.set(
      environment.name,
      stacks.map(({ plan }) => plan),
    );
  }
});

const answersTo = (it: Planted) => judgement.onThePath(it, plans.get(it.environment ?? "production") ?? []);

describe.each([
  ["leaks", LEAKS, 80],
  ["cuts", CUTS, 40],
] as const)("planted %s", (list, themes, least) => {
  const all = Object.values(themes).flat();

  it("are many, and each has a name of its own", () => {
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  describe.each(Object.keys(themes))("%s", (theme) => {
    const missed = NOT_FOUND[`${list}/${theme}`] ?? [];
    for (const one of themes[theme] ?? []) {
      if (missed.includes(one.name)) it(`misses ${one.name}`, () => expect(answersTo(one)).toEqual([]));
      else it(`refuses ${one.name}`, () => expect(answersTo(one)).not.toEqual([]));
    }
  });
});

it("misses only what is planted", () => {
  const names = Object.entries({ leaks: LEAKS, cuts: CUTS }).flatMap(([list, themes]) =>
    Object.entries(themes).flatMap(([theme, all]) => all.map(({ name }) => `${list}/${theme} ${name}`)),
  );
  const missed = Object.entries(NOT_FOUND).flatMap(([theme, all]) => all.map((name) => `${theme} ${name}`));
  expect(missed.filter((one) => !names.includes(one))).toEqual([]);
});
