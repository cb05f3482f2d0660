import { describe, expect, it } from "vitest";
import { StackIndex } from "../../../policies/engine/stack-index.ts";
import { UnknownValue } from "../../../policies/engine/three-values.ts";
import { byOutput, referenceOf, referred } from "../../../policies/facts/reference.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { planOf, urnOf } from "../programs.ts";

const VPC = "aws:ec2/vpc:Vpc";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

/** What the flow log's `vpcId` names, by the ids that two VPCs have, where it comes from one of them. */
function named(vpcId: unknown, ids: readonly unknown[], from: readonly string[] = ["a"]): string | undefined {
  const plan = planOf(...["a", "b"].map((name, i) => ({ type: VPC, name, inputs: {}, outputs: { id: ids[i] } })), {
    type: FLOW_LOG,
    name: "flows",
    inputs: { vpcId },
    propertyDependencies: { vpcId: from.map((name) => urnOf(VPC, name)) },
  });
  const stack = new StackIndex(plan, TODAY);
  const [flows] = stack.ofType(FLOW_LOG);
  return referred(referenceOf(flows!, "vpcId"), byOutput(VPC, "id"), stack)?.name;
}

describe("what a reference names", () => {
  it("is found by value, whatever a link says", () => {
    expect(named("vpc-2", ["vpc-1", "vpc-2"])).toBe("b");
    expect(named("vpc-3", ["vpc-1", "vpc-2"])).toBeUndefined();
  });

  it("is where it came from, while its text or the ids are not known", () => {
    expect(named(UNKNOWN, ["vpc-1", "vpc-2"])).toBe("a");
    expect(named("vpc-1", [UNKNOWN, UNKNOWN])).toBe("a");
  });

  it("is not known where the ids are not, and it comes from none or from several", () => {
    for (const from of [[], ["a", "b"]]) expect(() => named("vpc-1", [UNKNOWN, UNKNOWN], from)).toThrow(UnknownValue);
  });
});
