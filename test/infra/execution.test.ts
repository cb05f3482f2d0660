import { afterEach, describe, expect, it, vi } from "vitest";
import { executionRoleFor, kubeconfigFor } from "../../infra/execution.ts";
import { planStacks } from "../../tools/offline-planner/plan.ts";
import { resourcesOfType, XYZ } from "./plans.ts";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/alicerce/execution/${XYZ}`;
const args = ["eks", "get-token", "--cluster-name", "alicerce"];
const kubeconfig = JSON.stringify({ users: [{ name: "aws", user: { exec: { command: "aws", args } } }] });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("who deploys a stack", () => {
  it("is whoever has the credentials, unless these are told to be the deploy role's", () => {
    expect(executionRoleFor(ACCOUNT, XYZ)).toBeUndefined();
    vi.stubEnv("ALICERCE_EXECUTION", "roles");
    expect(executionRoleFor(ACCOUNT, XYZ)).toBe(ROLE);
  });

  it("gets tokens of the cluster as the same role", () => {
    expect(kubeconfigFor(kubeconfig, undefined)).toBe(kubeconfig);
    expect(JSON.parse(kubeconfigFor(kubeconfig, ROLE))).toMatchObject({
      users: [{ user: { exec: { args: [...args, "--role-arn", ROLE] } } }],
    });
  });

  it("is for AWS and for the cluster the role of the stack itself, in every layer", async () => {
    vi.stubEnv("ALICERCE_EXECUTION", "roles");
    const stacks = await planStacks(["production", "production.eu-west-1", XYZ], { preview: "known" });
    for (const { address, plan } of stacks) {
      const own = ROLE.replace(XYZ, address);
      const providers = plan.resources.filter((it) => it.type === "pulumi:providers:aws");
      expect(providers.map((it) => it.inputs["assumeRoles"])).toEqual([JSON.stringify([{ roleArn: own }])]);
      for (const it of plan.resources.filter(({ type }) => type === "pulumi:providers:kubernetes"))
        expect(JSON.stringify(it.inputs["kubeconfig"])).toContain(own);
    }
  });

  it("is told to nobody in the sandbox", () => {
    const [provider] = resourcesOfType(XYZ, "pulumi:providers:aws");
    expect(provider?.inputs).not.toHaveProperty("assumeRoles");
  });
});
