import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { environments } from "../../../environments/index.ts";
import { type Release, UNBUILT } from "../../../releases/releases.ts";
import { lookAtVersion } from "../../../tools/doctor/cluster-version.ts";
import { examineCloud, isHealthy } from "../../../tools/doctor/doctor.ts";
import { aws as awsOf } from "../../../tools/doctor/cloud/aws.ts";
import { lookAtRegistries } from "../../../tools/doctor/cloud/registries.ts";
import { imagesOf, lookAtImages } from "../../../tools/doctor/images.ts";
import { type Finding, type Layer, missingFor } from "../../../tools/doctor/check.ts";
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
    layers: ["environment", "region", "tenant"],
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

it("is asked only for the images and models of the stacks that are meant", async () => {
  const env = { AWS_ENDPOINT_URL: account.url };
  const of = async (...layers: readonly Layer[]): Promise<readonly string[]> =>
    (await examineCloud({ env, now: NOW, environment, layers })).map((it) => it.check);
  const isOfRelease = (check: string): boolean => /image|model/.test(check);
  expect((await of("environment")).filter(isOfRelease)).toEqual([]);
  expect((await of("region")).filter(isOfRelease)).toEqual(["image of keycloak"]);
  expect((await of("tenant")).filter(isOfRelease)).toHaveLength(12);
});

describe("the images of a deployment", () => {
  const built: Release = { version: "1.0.0", digest: `sha256:${"1".repeat(64)}` };
  const unbuilt: Release = { version: "2.0.0", digest: UNBUILT };
  const releases = {
    keycloak: unbuilt,
    servers: {
      files: { scenarios: [], releases: [unbuilt] },
      database: { scenarios: [], releases: [built] },
    },
    agents: { coordinator: { release: unbuilt } },
    bffs: { b2c: { release: unbuilt } },
  } as const;

  it("stop the stacks that run them, and an agent's stops none", () => {
    const findings = lookAtImages(imagesOf(releases), "staging");
    expect(findings.map((it) => [it.check, it.outcome])).toEqual([
      ["image of keycloak", "missing"],
      ["image of mcp-files", "missing"],
      ["image of mcp-database", "ok"],
      ["image of agent-coordinator", "advice"],
      ["image of bff-b2c", "advice"],
    ]);
    expect(findings[0]?.next).toBe("npx alicerce build --push keycloak --environment staging");
    const names = (layer: Layer): readonly string[] => missingFor(layer, findings).map((it) => it.check);
    expect(names("environment")).toEqual([]);
    expect(names("region")).toEqual(["image of keycloak"]);
    expect(names("tenant")).toEqual(["image of keycloak", "image of mcp-files"]);
  });

  it("must be in the registry of each region that runs them", async () => {
    const images = imagesOf({ ...releases, keycloak: built, agents: { coordinator: { release: built } }, bffs: {} });
    const look = () => lookAtRegistries(awsOf({ AWS_ENDPOINT_URL: account.url }), environment, images);
    const missing = async () => (await look()).filter((it) => it.outcome === "missing");
    expect((await missing()).map((it) => [it.check, it.detail, it.before])).toEqual([
      ["image of keycloak in us-east-1", "1.0.0 was never pushed there", "region"],
      ["image of mcp-database in us-east-1", "1.0.0 was never pushed there", "tenant"],
      ["image of agent-coordinator in us-east-1", "1.0.0 was never pushed there", "tenant"],
    ]);
    for (const it of ["keycloak", "mcp-database", "agent-coordinator"])
      account.images.add(`alicerce/${it}@${built.digest}`);
    expect(await missing()).toEqual([]);
    expect(await look()).toHaveLength(3);
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
