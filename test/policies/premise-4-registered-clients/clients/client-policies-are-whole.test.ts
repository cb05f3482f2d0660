import { describe, expect, it } from "vitest";
import { judge } from "../../../../policies/engine/judge.ts";
import { clientPoliciesAreWhole } from "../../../../policies/premise-4-registered-clients/clients/client-policies-are-whole.ts";
import { plans } from "../../../infra/plans.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { type Edit, edited, set } from "../../proofs/edits.ts";
import { XYZ } from "../../proofs/platforms.ts";

const PROFILE = "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile";
const POLICY = "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy";

const { plan } = plans.get(XYZ)!;

const found = (edit: Edit): readonly string[] =>
  judge(edited([plan], edit)[0]!, TODAY, [clientPoliciesAreWhole]).rules.flatMap((one) =>
    one.violations.map(({ message }) => message),
  );

const configured = (name: string, executor: number, key: string, value: string | undefined): Edit => ({
  type: PROFILE,
  name,
  change: set(["executors", String(executor), "configuration", key], value),
});

it("holds for the realm of a tenant", () => {
  const [verdict] = judge(plan, TODAY, [clientPoliciesAreWhole]).rules;
  expect([verdict?.judged, verdict?.violations, verdict?.undetermined]).toEqual([1, [], []]);
});

it("accepts another host that codes may go to", () => {
  const hosts = JSON.stringify(["localhost", "ide\\.example\\.com"]);
  expect(found(configured("realm-codes-stay-here", 0, "allow-permitted-domains", hosts))).toEqual([]);
});

it("accepts one more way to a token that is refused", () => {
  const { inputs } = plan.resources.find(({ name, type }) => type === POLICY && name === "realm-people-only")!;
  const [{ configuration }] = inputs["conditions"] as [{ configuration: Record<string, string> }];
  const grants = JSON.stringify([...(JSON.parse(configuration["grant_types"]!) as string[]), "password"]);
  const change = set(["conditions", "0", "configuration", "grant_types"], grants);
  expect(found({ type: POLICY, name: "realm-people-only", change })).toEqual([]);
});

describe("refuses", () => {
  it.each([
    [
      "a switch that is misspelt",
      configured("realm-code-with-s256", 1, "auto-configure", "truex"),
      "refuse the implicit flow",
    ],
    ["passwords", configured("realm-code-with-s256", 2, "auto-configure", undefined), "refuse passwords from clients"],
    ["a policy that is gone", { type: POLICY, name: "realm-people-only" }, "refuse tokens without a person"],
    [
      "a policy that is switched off",
      { type: POLICY, name: "realm-people-only", change: set(["enabled"], false) },
      "refuse tokens without a person",
    ],
    ...["https://.*", "(.*)localhost(.*)", "http://localhost.*", "https://(.*\\.)?example/.*", "[", ".*"].map(
      (pattern): [string, Edit, string] => [
        `codes that go where ${pattern} leads`,
        configured("realm-codes-stay-here", 1, "allowed-patterns", JSON.stringify([pattern])),
        "match the redirect URIs of clients with patterns",
      ],
    ),
    [
      "a policy without profiles",
      { type: POLICY, name: "realm-people-only", change: set(["profiles"], []) },
      "refuse tokens without a person",
    ],
    [
      "one way to a token that is left open",
      {
        type: POLICY,
        name: "realm-people-only",
        change: set(["conditions", "0", "configuration", "grant_types"], '["client_credentials"]'),
      },
      "refuse tokens without a person",
    ],
    [
      "codes to everybody",
      configured("realm-codes-stay-here", 0, "allow-permitted-domains", '["*"]'),
      "send codes to the user's own machine or to named hosts",
    ],
    [
      "redirects without patterns",
      configured("realm-codes-stay-here", 1, "allowed-patterns", undefined),
      "match the redirect URIs of clients with patterns",
    ],
    [
      "front-channel logout",
      configured("realm-nothing-is-fetched", 2, "allow-front-channel-logout", "true"),
      "let no client be called when its user signs out",
    ],
    [
      "a way to prove who a client is that Keycloak does not know",
      configured("realm-nothing-is-fetched", 1, "default-client-authenticator", "client-secrets"),
      "configure its client profiles in words that Keycloak knows",
    ],
  ] satisfies readonly (readonly [string, Edit, string])[])("%s", (_, edit, must) => {
    expect(found(edit)).toContain(`"realm" must ${must}.`);
  });
});
