import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { environments } from "../../../environments/index.ts";
import { type Release, UNBUILT } from "../../../releases/releases.ts";
import { lookAtVersion } from "../../../tools/doctor/cluster-version.ts";
import { examineCloud, isHealthy } from "../../../tools/doctor/doctor.ts";
import { lookAtImages } from "../../../tools/doctor/images.ts";
import type { Finding } from "../../../tools/doctor/check.ts";
import { type AwsAccount, awsAccount } from "./aws-account.ts";

const environment = environments["development"]!;
const NOW = new Date("2026-11-28T00:00:00Z");

let account: AwsAccount;

beforeEach(async () => {
  account = await awsAccount();
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await account.close();
});

const examined = (): Promise<readonly Finding[]> =>
  examineCloud({
    env: { AWS_ENDPOINT_URL: account.url, ALICERCE_SANDBOX: "sandbox" },
    now: NOW,
    environment,
    hasTenants: true,
  });
const missingIn = (findings: readonly Finding[]): readonly string[] =>
  findings.filter((it) => it.outcome === "missing").map((it) => `${it.check}: ${it.detail}`);

describe("the account of an environment", () => {
  it("is in order when nothing is missing", async () => {
    const findings = await examined();
    expect(missingIn(findings)).toEqual([]);
    expect(isHealthy(findings)).toBe(true);
    expect(findings.map((it) => it.check)).toEqual(
      expect.arrayContaining(["credentials", "account", "us-east-1: enabled", "us-east-1: zones", "account: roles"]),
    );
  });

  const faults: readonly (readonly [string, () => void, string])[] = [
    [
      "is another one",
      () => (account.account = "999900001111"),
      "account: the credentials are of 999900001111, and development is in 333344445555",
    ],
    [
      "has a region that is off",
      () => account.regions.set("us-east-1", "not-opted-in"),
      "us-east-1: enabled: not-opted-in",
    ],
    [
      "lacks a zone",
      () => account.lacks.add("use1-az4"),
      "us-east-1: zones: the account has no use1-az4, but use1-az1, use1-az2",
    ],
    [
      "has too small a quota",
      () => account.quotas.set("L-B99A9384", 10),
      "us-east-1: concurrent functions: 10, of which 50 are taken: 63 are wanted",
    ],
    [
      "has not agreed to a model",
      () => account.models.set("anthropic.claude-sonnet-4-5-20250929-v1:0", "NOT_AVAILABLE"),
      "us-east-1: model anthropic.claude-sonnet-4-5-20250929-v1:0: agreementAvailability is NOT_AVAILABLE",
    ],
    [
      "would pay extra for Kubernetes",
      () => (account.versionStatus = "EXTENDED_SUPPORT"),
      "EKS version at AWS: 1.35 is EXTENDED_SUPPORT",
    ],
  ];
  it.each(faults)("is not when it %s, and the next step is named", async (_, spoil, detail) => {
    spoil();
    const findings = await examined();
    expect(missingIn(findings)).toEqual([detail]);
    expect(findings.find((it) => it.outcome === "missing")?.next).toMatch(/\w/);
    expect(isHealthy(findings)).toBe(false);
  });

  it("is not asked about anything else when the credentials have expired", async () => {
    account.isExpired = true;
    const findings = await examined();
    expect(missingIn(findings)).toEqual(["credentials: ExpiredToken: The security token is expired"]);
    expect(findings.filter((it) => it.outcome === "not looked at")).toHaveLength(3);
  });
});

it("is asked for no images and no models where no stack of a tenant is meant", async () => {
  const env = { AWS_ENDPOINT_URL: account.url };
  const of = async (hasTenants: boolean): Promise<readonly string[]> =>
    (await examineCloud({ env, now: NOW, environment, hasTenants })).map((it) => it.check);
  const isOfTenants = (check: string): boolean => /image|model/.test(check);
  expect((await of(false)).filter(isOfTenants)).toEqual([]);
  expect((await of(true)).filter(isOfTenants)).toHaveLength(10);
});

describe("the images of a deployment", () => {
  const built: Release = { version: "1.0.0", digest: `sha256:${"1".repeat(64)}` };
  const unbuilt: Release = { version: "2.0.0", digest: UNBUILT };

  it("must be there for servers, while tenants do without agents that were never built", () => {
    const servers = {
      files: { scenarios: [], releases: [unbuilt] as const },
      database: { scenarios: [], releases: [built] as const },
    };
    const findings = lookAtImages({ servers, agents: { coordinator: { release: unbuilt } } });
    expect(findings.map((it) => [it.check, it.outcome])).toEqual([
      ["image of mcp-files", "missing"],
      ["image of mcp-database", "ok"],
      ["image of agent-coordinator", "advice"],
    ]);
    expect(findings[0]?.next).toBe("npx alicerce build --push files");
  });
});

it("says on which day the version of Kubernetes leaves standard support", () => {
  const version = { version: "1.34", supportedUntil: "2026-12-02", source: "" } as const;
  expect(lookAtVersion("2026-12-02", version).outcome).toBe("ok");
  expect(lookAtVersion("2026-12-03", version)).toMatchObject({
    outcome: "missing",
    detail: "standard support of 1.34 ended on 2026-12-02",
  });
});
