import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import type { ResourceView } from "../../../../policies/engine/resource-view.ts";
import { StackIndex } from "../../../../policies/engine/stack-index.ts";
import { DOCUMENTS } from "../../../../policies/facts/grants/document-types.ts";
import { documentsOf, grantsOf } from "../../../../policies/facts/grants/documents.ts";
import { grantors } from "../../../../policies/facts/grants/identities.ts";
import { ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { type Described, planOf, policyOfText } from "../../programs.ts";

const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const POLICY = "aws:iam/policy:Policy";
const ARN = "arn:aws:iam::111122223333:policy/mine";

function stackOf(...resources: readonly Described[]): StackIndex {
  return new StackIndex(planOf(...resources), TODAY);
}

function only(described: Described): ResourceView {
  const [view] = stackOf(described).resources;
  if (view === undefined) throw new Error("the stack must hold the resource");
  return view;
}

/** Inputs that hold a document at the path. */
function inputsWith(path: string, policy: unknown): Readonly<Record<string, unknown>> {
  const [list = "", member] = path.split("[].");
  return member === undefined ? { [path]: policy } : { [list]: [{ name: "a" }, { [member]: policy }] };
}

const CASES = Object.entries(DOCUMENTS).flatMap(([type, documents]) =>
  documents.map(([kind, input]) => [type, kind, input] as const),
);

describe("each document that grants is read where it is written", () => {
  test.each(CASES)("%s, as %s, in %s", (type, kind, input) => {
    const [document] = documentsOf(only({ type, name: "it", inputs: inputsWith(input, policyOfText(ALLOW)) }));
    expect([document?.kind, document?.statements.map((it) => it.allows)]).toEqual([kind, [true]]);
    expect(documentsOf(only({ type, name: "it" }))).toEqual([]);
    const unknown = only({ type, name: "it", inputs: inputsWith(input, UNKNOWN) });
    expect(() => documentsOf(unknown).map((it) => it.statements)).toThrow("not known yet");
  });

  test("the types and inputs are those of the installed SDK", async () => {
    const catalogue = await ensureCatalogue();
    const missing = CASES.filter(([type, , input]) => {
      const inputs = catalogue.resource(type)?.inputs ?? {};
      return inputs[input.split("[]")[0] ?? ""] === undefined;
    });
    expect(missing).toEqual([]);
  });

  test("every kind of a role's documents, each by itself", () => {
    const inlinePolicies = [
      { name: "a", policy: policyOfText(ALLOW) },
      { name: "b", policy: policyOfText(ALLOW, ALLOW) },
    ];
    const role = only({
      type: "aws:iam/role:Role",
      name: "it",
      inputs: { assumeRolePolicy: policyOfText(ALLOW), inlinePolicies },
    });
    expect([grantsOf(role).length, grantsOf(role, "trust").length, grantsOf(role, "resource").length]).toEqual([
      3, 1, 0,
    ]);
  });

  test("a permission of a function, with what it is bound to", () => {
    const inputs = {
      action: "lambda:InvokeFunction",
      function: "one",
      principal: "s3.amazonaws.com",
      sourceAccount: "1",
    };
    const [it] = grantsOf(only({ type: "aws:lambda/permission:Permission", name: "it", inputs }), "resource");
    expect([it?.principals, it?.actions, it?.resources, it?.conditions]).toEqual([
      [{ kind: "Service", id: "s3.amazonaws.com" }],
      ["lambda:InvokeFunction"],
      ["one"],
      [{ operator: "StringEquals", key: "aws:SourceAccount", values: ["1"] }],
    ]);
  });

  test("a grant of a key", () => {
    const inputs = { keyId: "one", granteePrincipal: "arn:aws:iam::1:role/a", operations: ["Decrypt", "CreateGrant"] };
    const [it] = grantsOf(only({ type: "aws:kms/grant:Grant", name: "it", inputs }), "resource");
    expect([it?.principals, it?.actions]).toEqual([
      [{ kind: "AWS", id: "arn:aws:iam::1:role/a" }],
      ["kms:Decrypt", "kms:CreateGrant"],
    ]);
  });
});

describe("a managed policy grants where the stack attaches it", () => {
  const policy: Described = {
    type: POLICY,
    name: "it",
    inputs: { name: "mine", policy: policyOfText(ALLOW) },
    outputs: { arn: ARN },
  };
  const grants = (...others: readonly Described[]): boolean => {
    const stack = stackOf(policy, ...others);
    return stack.ofType(POLICY).every((it) => grantors.where?.(it, stack));
  };

  test.each<[string, Described]>([
    ["a role", { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: "to", inputs: { policyArn: ARN } }],
    ["a user", { type: "aws:iam/userPolicyAttachment:UserPolicyAttachment", name: "to", inputs: { policyArn: ARN } }],
    ["several", { type: "aws:iam/policyAttachment:PolicyAttachment", name: "to", inputs: { policyArn: ARN } }],
    ["a role's own list", { type: "aws:iam/role:Role", name: "to", inputs: { managedPolicyArns: [ARN] } }],
    [
      "an unknown role by an unknown ARN that came from it",
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "to",
        inputs: { policyArn: UNKNOWN },
        propertyDependencies: { policyArn: [stackOf(policy).resources[0]?.urn ?? ""] },
      },
    ],
  ])("to %s", (_, attachment) => {
    expect(grants(attachment)).toBe(true);
  });

  test("but not where it only bounds, or another one is attached", () => {
    expect(grants()).toBe(false);
    expect(grants({ type: "aws:iam/role:Role", name: "worker", inputs: { permissionsBoundary: ARN } })).toBe(false);
    const other = { policyArn: "arn:aws:iam::111122223333:policy/other" };
    expect(grants({ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: "to", inputs: other })).toBe(
      false,
    );
  });
});
