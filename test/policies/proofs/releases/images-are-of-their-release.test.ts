import { beforeAll, describe, expect, it } from "vitest";
import { LABEL, TAG } from "../../../../contracts/tags.ts";
import { type Plan, UNKNOWN } from "../../../../plan/model.ts";
import { imagesAreOfTheirRelease as proven } from "../../../../policies/proofs/releases/images-are-of-their-release.ts";
import { releasedDigest } from "../../../../releases/released-digests.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, type Inputs, set } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const URI = ["agentRuntimeArtifact", "containerConfiguration", "containerUri"] as const;
const IMAGE = ["spec", "template", "spec", "containers", "0", "image"] as const;
const OURS = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce";
const BUILT = `sha256:${"1".repeat(64)}` as const;
const OTHER = `sha256:${"2".repeat(64)}` as const;

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

/** What is found after an edit of a tenant's stack. */
function found(edit: Edit): readonly string[] {
  const plans = (all.get("production") ?? []).filter(({ stack }) => stack === XYZ);
  return waysOf(verdictOf(proven, ...edited(plans, edit)));
}

const runtime = (change: (inputs: Inputs) => void): Edit => ({ type: RUNTIME, name: "mcp-database-v3", change });
const pod = (change: (inputs: Inputs) => void): Edit => ({ type: DEPLOYMENT, name: "agent-coordinator", change });

it("holds in every environment, which has servers, agents and BFFs", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(proven, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.find((it) => it.what === "images of releases")?.count).toBeGreaterThan(5);
  }
});

describe("a server is found", () => {
  it.each<[string, Edit, string]>([
    [
      "whose image was never released",
      runtime(set(URI, `${OURS}/mcp-database@${BUILT}`)),
      '"mcp-database-v3" must run the image that was released as mcp-database 3.0.0.',
    ],
    [
      "that says a version which was never released",
      runtime(set(["tags", TAG.version], "3.1.0")),
      '"mcp-database-v3" must be a release: nothing was released as mcp-database 3.1.0.',
    ],
    [
      "that says it is another service",
      runtime((it) => Object.assign(it["tags"] as Inputs, { [TAG.service]: "files", [TAG.version]: "1.0.0" })),
      '"mcp-database-v3" must run the image that was released as mcp-files 1.0.0.',
    ],
    [
      "that says it is a service which there is not",
      runtime(set(["tags", TAG.service], "orders")),
      '"mcp-database-v3" must be a release: nothing was released as mcp-orders 3.0.0.',
    ],
    [
      "from a package of code",
      runtime(set(["agentRuntimeArtifact"], { codeConfiguration: { code: { s3: { versionId: "1" } } } })),
      '"mcp-database-v3" must run the image that was released as mcp-database 3.0.0.',
    ],
  ])("%s", (_, edit, message) => {
    expect(found(edit)).toEqual([message]);
  });
});

describe("an agent is found", () => {
  it.each<[string, Edit, string]>([
    [
      "whose image was never released",
      pod(set(IMAGE, `${OURS}/agent-coordinator@${BUILT}`)),
      '"agent-coordinator" must run the image that was released as agent-coordinator 1.0.0.',
    ],
    [
      "that says a version which was never released",
      pod(set(["metadata", "labels", LABEL.version], "2.0.0")),
      '"agent-coordinator" must be a release: nothing was released as agent-coordinator 2.0.0.',
    ],
    [
      "beside whose container another one runs",
      pod((it) => {
        const { spec } = it as { spec: { template: { spec: { containers: Inputs[] } } } };
        spec.template.spec.containers.push({ name: "old", image: `${OURS}/agent-coordinator@${BUILT}` });
      }),
      '"agent-coordinator" must run the image that was released as agent-coordinator 1.0.0.',
    ],
  ])("%s", (_, edit, message) => {
    expect(found(edit)).toEqual([message]);
  });
});

it("is not decided where the image is not known", () => {
  expect(found(runtime(set(URI, UNKNOWN))).join()).toMatch(/^"mcp-database-v3" cannot be judged before this is known/);
});

describe("the digest of a version", () => {
  const release = (version: `${number}.${number}.${number}`, digest: `sha256:${string}`) => ({ version, digest });
  const data = {
    servers: { orders: { releases: [release("2.0.0", OTHER)], candidate: { ...release("2.1.0", BUILT), weight: 5 } } },
    agents: { planner: { release: release("1.0.0", BUILT) } },
    bffs: {},
  } as const;

  it.each([
    ["mcp-orders", "2.0.0", OTHER],
    ["mcp-orders", "2.1.0", BUILT],
    ["agent-planner", "1.0.0", BUILT],
    ["mcp-orders", "1.0.0", undefined],
    ["mcp-planner", "1.0.0", undefined],
    ["bff-planner", "1.0.0", undefined],
    ["planner", "1.0.0", undefined],
    ["", "", undefined],
  ])("of %j %j is %j", (image, version, digest) => {
    expect(releasedDigest(image, version, data)).toBe(digest);
  });
});
