import { describe, expect, it } from "vitest";
import { type PathName, PATHS } from "../../../contracts/paths.ts";
import { environments } from "../../../environments/index.ts";
import type { Plan } from "../../../plan/model.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { prove, type ProofVerdict } from "../../../policies/engine/proof.ts";
import { LIVENESS } from "../../../policies/proofs/liveness/liveness.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { plansOfAllEnvironments } from "./all-environments.ts";
import { known, PLANS as INTERNAL } from "../premise-3-private-network/internal-apis/internal-apis-plans.ts";
import { CUTS } from "./cuts.ts";
import { type Edit, edited, set, statementsIn, withoutAction } from "./edits.ts";

const NAMES = Object.keys(PATHS) as PathName[];

const plans = plansOfAllEnvironments();
const plansOf = (environment: string): readonly Plan[] => plans.get(environment) ?? [];
const proven = (all: readonly Plan[]): readonly ProofVerdict[] => prove(new Platform(all, TODAY), LIVENESS);
/** Where a path is cut: in staging, or where it is shown that no shipped environment has. */
const cutIn = (name: PathName, edit: Edit): Platform =>
  name === "servers-reach-internal-apis"
    ? new Platform(edited(INTERNAL, edit), TODAY, known)
    : new Platform(edited(plansOf("staging"), edit), TODAY);
const proofOf = (name: PathName) => LIVENESS.filter(({ id }) => id === name);

describe("what the platform is for can work", () => {
  it("has a proof of each path, by its name", () => {
    expect(LIVENESS.map(({ id }) => id)).toEqual(NAMES);
    for (const it of LIVENESS) expect(PROOFS).toContain(it);
  });

  it.each(Object.keys(environments))("on every path in %s", (environment) => {
    const verdicts = proven(plansOf(environment));
    expect(verdicts.flatMap((it) => [...it.violations, ...it.undetermined])).toEqual([]);
  });

  it("goes every path of production", () => {
    const counts = proven(plansOf("production")).map((it) => [it.proof.id, it.enumerated[0]?.count]);
    const counted = Object.fromEntries(counts) as Record<PathName, number>;
    const resources = plansOf("production").flatMap((it) => it.resources);
    const deployments = resources.filter(({ type }) => type === "kubernetes:apps/v1:Deployment");
    const agents = deployments.filter(({ name }) => name.startsWith("agent-")).length;
    const pods = deployments.length;
    const targets = resources.filter(({ type }) => type.endsWith(":AgentcoreGatewayTarget")).length;
    const runtimes = resources.filter(({ type }) => type.endsWith(":AgentcoreAgentRuntime")).length;
    expect(agents).toBeGreaterThan(0);
    expect(counted["agents-resolve-names"]).toBe(pods);
    expect(counted["agents-get-credentials"]).toBe(pods);
    expect(counted["agents-scale-with-load"]).toBe(pods);
    expect(counted["agents-get-tokens"]).toBe(pods);
    expect(counted["agents-call-their-model"]).toBe(agents);
    expect(counted["agents-reach-each-other"]).toBeGreaterThan(agents);
    expect(counted["gateways-call-their-servers"]).toBe(targets);
    const identityServers = resources.filter(({ type }) => type === "kubernetes:apps/v1:StatefulSet").length;
    expect(counted["workloads-pull-their-image"]).toBe(pods + runtimes + identityServers);
    expect(counted["servers-reach-their-database"]).toBeGreaterThan(counted["servers-read-their-keys"]);
  });
});

it("no workload can start whose repository only its own stack makes", () => {
  const staging = plansOf("staging");
  const repositories = staging[0]!.resources.filter(({ type }) => type === "aws:ecr/repository:Repository");
  const moved = staging.map((plan, index) => ({
    ...plan,
    resources:
      index === 0
        ? plan.resources.filter((it) => !repositories.includes(it))
        : index === 1
          ? [...plan.resources, ...repositories]
          : plan.resources,
  }));
  const [verdict] = prove(new Platform(moved, TODAY), proofOf("workloads-pull-their-image"));
  expect(verdict?.violations.map((it) => it.message)).toEqual([
    expect.stringContaining('image of "keycloak" must be in a repository of a stack that is deployed before'),
  ]);
});

describe.each(NAMES)("the path %s", (name) => {
  it("has an edit for each hop, which cuts it", () => {
    expect(Object.keys(CUTS[name])).toEqual(Object.keys(PATHS[name].hops));
  });

  it.each(Object.keys(PATHS[name].hops))("is cut at %s", (hop) => {
    const edit = CUTS[name][hop];
    if (edit === undefined) throw new TypeError(`no edit cuts ${hop}`);
    const [verdict] = prove(cutIn(name, edit), proofOf(name));
    const { layer } = (PATHS[name].hops as Record<string, { layer: string }>)[hop] ?? { layer: "" };
    const messages = verdict?.violations.map(({ message }) => message) ?? [];
    expect(messages).not.toEqual([]);
    expect(messages.filter((it) => it.includes(`(path ${name}, hop ${hop}, ${layer})`))).not.toEqual([]);
    expect(verdict?.violations[0]?.steps.length).toBeGreaterThan(0);
  });
});

describe("a hop is cut as well where what is there is the wrong one:", () => {
  const MAPPER = "keycloak:index/genericRoleMapper:GenericRoleMapper";
  const ROLE = "keycloak:index/role:Role";
  const KEYS = "kms:Decrypt";

  it.each<readonly [string, PathName, Edit, string]>([
    [
      "a role without its scope",
      "realms-issue-what-gateways-demand",
      { type: MAPPER, name: "realm-developer-mcp:read" },
      "have a group with each role that may have mcp:read, such as developers",
    ],
    [
      "a scope of another role",
      "realms-issue-what-gateways-demand",
      { type: MAPPER, name: "realm-developer-mcp:read", change: set(["roleId"], "another") },
      "such as developers",
    ],
    [
      "a role of another name",
      "realms-issue-what-gateways-demand",
      { type: ROLE, name: "realm-developer", change: set(["name"], "developers") },
      "such as developers",
    ],
    [
      "another group with the role",
      "realms-issue-what-gateways-demand",
      { type: "keycloak:index/groupRoles:GroupRoles", name: "realm-developers", change: set(["groupId"], "another") },
      "such as developers",
    ],
    [
      "an entry that is no item",
      "interceptors-know-their-tenant",
      { type: "aws:dynamodb/tableItem:TableItem", name: "table", change: set(["item"], '{"key":{"S":"directory"}}x') },
      "must find the tenant's entry in its table",
    ],
    [
      "counters that nobody reads",
      "interceptors-know-their-tenant",
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: /^interceptor-\w+-table$/,
        change: statementsIn("policy", (all) => all.filter((it) => !JSON.stringify(it).includes("UpdateItem"))),
      },
      "(path interceptors-know-their-tenant, hop identity",
    ],
    [
      "a bucket whose key is not granted",
      "workloads-reach-what-they-are-told",
      { type: "aws:iam/rolePolicy:RolePolicy", name: "bff-b2b-uploads", change: withoutAction("policy", KEYS) },
      "(path workloads-reach-what-they-are-told, hop identity",
    ],
    [
      "a queue whose key is not granted",
      "workloads-reach-what-they-are-told",
      { type: "aws:iam/rolePolicy:RolePolicy", name: /-wait$/, change: withoutAction("policy", KEYS) },
      "(path workloads-reach-what-they-are-told, hop identity",
    ],
  ])("%s", (_, name, edit, says) => {
    const [verdict] = prove(new Platform(edited(plansOf("staging"), edit), TODAY), proofOf(name));
    expect(verdict?.violations.map(({ message }) => message).join("\n")).toContain(says);
  });
});
