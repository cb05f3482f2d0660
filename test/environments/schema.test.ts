import { describe, expect, it } from "vitest";
import { faultsOf } from "../../environments/faults.ts";
import { environments } from "../../environments/index.ts";
import { AGENTS, MCP_SERVERS } from "../../releases/releases.ts";
import { RESIDENCIES, ZONE_IDS, residencyOf, standbyOf } from "../../environments/residency.ts";
import { environment } from "../../environments/schema.ts";

const BASE = {
  name: "rehearsal",
  account: "111122223333",
  domain: "rehearsal.example.com",
  repository: "example/alicerce",
  agentHosting: "eks",
  models: { eu: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
  alerts: ["duty@example.com"],
} as const;
const REGION = {
  cidr: "10.9.0.0/16",
  instanceTypes: ["m6i.large"],
  agents: { min: 1, max: 2, targetCpuPercent: 70 },
} as const;

describe("the environment schema", () => {
  it("does not compile a GDPR tenant in a US region", () => {
    const wrong = environment({
      ...BASE,
      regions: { "us-east-1": REGION, "eu-west-1": { ...REGION, cidr: "10.10.0.0/16" } },
      // @ts-expect-error -- the data of an EU tenant may not be in us-east-1
      tenants: { xyz: { residency: "eu", regions: ["us-east-1"], scenarios: ["b2b"] } },
    });
    expect(said(wrong)).toEqual([
      'tenants.xyz.regions[0]: "us-east-1": data of residency "eu" may only be in eu-west-1, eu-central-1',
    ]);
  });

  it("does not compile a tenant in a region that is not deployed", () => {
    const wrong = environment({
      ...BASE,
      regions: { "eu-west-1": REGION },
      // @ts-expect-error -- eu-central-1 is not deployed
      tenants: { xyz: { residency: "eu", regions: ["eu-central-1"], scenarios: ["b2b"] } },
    });
    expect(said(wrong)).toEqual([
      'tenants.xyz.regions[0]: "eu-central-1" is not deployed in this environment; deployed here: eu-west-1',
    ]);
  });

  it("does not compile a tenant without a scenario", () => {
    const wrong = environment({
      ...BASE,
      regions: { "eu-west-1": REGION },
      // @ts-expect-error -- a tenant needs a scenario
      tenants: { xyz: { residency: "eu", regions: ["eu-west-1"], scenarios: [] } },
    });
    expect(said(wrong)).toEqual(["tenants.xyz.scenarios: is empty; at least one is needed"]);
  });

  it("does not compile a model that does not exist for the residency", () => {
    const wrong = environment({
      ...BASE,
      // @ts-expect-error -- Claude Sonnet 4.5 has no profile for the geography apac
      models: { apac: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
      regions: { "ap-southeast-1": REGION },
      tenants: { xyz: { residency: "apac", regions: ["ap-southeast-1"], scenarios: ["b2b"] } },
    });
    expect(said(wrong)).toEqual([
      'models.apac: "anthropic.claude-sonnet-4-5-20250929-v1:0" is unknown; valid: amazon.nova-pro-v1:0',
    ]);
  });

  it("does not compile a region that the platform does not know", () => {
    // @ts-expect-error -- no such region
    const wrong = environment({ ...BASE, regions: { "eu-north-9": REGION }, tenants: {} });
    expect(said(wrong)[0]).toMatch(/^regions\.eu-north-9: is no key here \(valid: us-east-1, /);
  });
});

describe("data that came around the type checker", () => {
  it.each(Object.keys(environments))("finds nothing wrong with the shipped environment %s", (name) => {
    expect(faultsOf(name, environments)).toEqual([]);
    expect(environments[name]?.name).toBe(name);
  });

  it.each([null, [], "production", 1])("refuses %j", (value) => {
    expect(said(value)).toEqual([`${JSON.stringify(value)} must be an object`]);
  });

  it("reports every fault at once", () => {
    const faults = said({
      name: "No Spaces",
      account: "12",
      domain: "x",
      repository: "y",
      agentHosting: "ec2",
      models: { eu: "global.anthropic.claude" },
      regions: {
        "eu-west-1": { cidr: "10.300.0.0/16", instanceTypes: [], agents: { min: 3, max: 2, targetCpuPercent: 0 } },
      },
      tenants: { Xyz: { residency: "mars", regions: "eu-west-1", scenarios: ["b2x"] } },
    });
    expect(new Set(faults.map((it) => it.split(":", 1)[0]))).toEqual(
      new Set([
        "name",
        "account",
        "domain",
        "alerts",
        "repository",
        "agentHosting",
        "models.eu",
        "regions.eu-west-1.cidr",
        "regions.eu-west-1.instanceTypes",
        "regions.eu-west-1.agents.targetCpuPercent",
        "regions.eu-west-1.agents.min",
        "tenants.Xyz",
        "tenants.Xyz.residency",
        "tenants.Xyz.regions",
        "tenants.Xyz.scenarios[0]",
      ]),
    );
  });
});

/** The faults of an environment of its own. */
function said(it: unknown): readonly string[] {
  return faultsOf("rehearsal", { rehearsal: it }).map(({ key, message }) =>
    key === "" ? message : `${key}: ${message}`,
  );
}

describe("the shipped data", () => {
  it("has a tenant in every residency set of production, acme-corp in the US and a GDPR tenant in the EU", () => {
    const { production } = environments;
    const tenants = production?.tenants ?? {};
    expect(new Set(Object.values(tenants).map((it) => it.residency))).toEqual(new Set(Object.keys(RESIDENCIES)));
    expect(tenants["acme-corp"]?.residency).toBe("us");
  });

  it("gives every deployed region addresses of its own", () => {
    const all = Object.values(environments).flatMap((it) => Object.values(it.regions).map(({ cidr }) => cidr));
    expect(new Set(all).size).toBe(all.length);
  });

  it("knows three zones of every region, and the standby of every set of two", () => {
    for (const [region, zones] of Object.entries(ZONE_IDS)) expect(new Set(zones).size, region).toBe(3);
    expect(standbyOf("eu-west-1")).toBe("eu-central-1");
    expect(standbyOf("eu-central-1")).toBe("eu-west-1");
    expect(standbyOf("sa-east-1")).toBeUndefined();
    expect(residencyOf("eu-west-2")).toBeUndefined();
  });

  it("keeps releases newest first, in steps of at most one major version, by digest", () => {
    for (const { releases } of Object.values(MCP_SERVERS)) {
      const majors = releases.flatMap((it) => (it === undefined ? [] : [Number(it.version.split(".")[0])]));
      for (const [i, major] of majors.entries()) if (i > 0) expect((majors[i - 1] ?? 0) - major).toBe(1);
    }
    const all = [
      ...Object.values(MCP_SERVERS).flatMap((it) => it.releases),
      ...Object.values(AGENTS).map((it) => it.release),
    ];
    for (const it of all) if (it !== undefined) expect(it.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});
