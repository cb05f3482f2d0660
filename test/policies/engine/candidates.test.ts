import { expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import { candidates } from "../../../policies/engine/lookup.ts";
import { StackIndex } from "../../../policies/engine/stack-index.ts";
import { UnknownValue } from "../../../policies/engine/three-values.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const group = (name: string, inputs: object) => ({ type: GROUP, name, inputs: { ...inputs } });
const stack = new StackIndex(
  planOf(
    group("own", { name: "own" }),
    group("other", { name: "other" }),
    group("not known", { name: UNKNOWN }),
    group("without", {}),
    group("own again", { name: "own" }),
  ),
  TODAY,
);
const named = candidates([GROUP], (it) => [it.text("name")]);
const namesOf = (read: () => string | undefined): readonly string[] => named(stack, read).map(({ name }) => name);

it("those with the key are found, and those of which it is not known: nobody can say that they have another", () => {
  expect(namesOf(() => "own")).toEqual(["own", "own again", "not known"]);
  expect(namesOf(() => undefined)).toEqual(["without", "not known"]);
  expect(namesOf(() => "nobody's")).toEqual(["not known"]);
});

it("all are found for a key that is not known itself", () => {
  const read = (): never => {
    throw new UnknownValue("name");
  };
  expect(namesOf(read)).toHaveLength(5);
});

it("what has several keys is found by each of them, once", () => {
  const tagged = candidates([GROUP], (it) => [it.text("name"), it.text("name"), "all"]);
  expect(tagged(stack, () => "own").map(({ name }) => name)).toEqual(["own", "own again", "not known"]);
  expect(tagged(stack, () => "all")).toHaveLength(5);
});
