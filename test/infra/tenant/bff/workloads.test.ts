import { describe, expect, it } from "vitest";
import { statements } from "../../../components/planned.ts";
import { ACME, resourceOf, resourcesOf, resourcesOfType, XYZ } from "../../plans.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const DEVELOPMENT = "development.us-east-1.acme-corp";

interface Pod {
  readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value: string }[] }[];
}

function variablesOf(address: string, name: string): Readonly<Record<string, string>> {
  const { spec } = resourceOf(address, DEPLOYMENT, name).inputs as { spec: { template: { spec: Pod } } };
  return Object.fromEntries(spec.template.spec.containers.flatMap(({ env }) => env.map((it) => [it.name, it.value])));
}

describe("a tenant's BFFs", () => {
  it("are those of its scenarios, one for each", () => {
    const named = (address: string) =>
      resourcesOfType(address, DEPLOYMENT)
        .map((it) => it.name)
        .filter((it) => it.startsWith("bff-"));
    expect(named(ACME)).toEqual(["bff-b2c", "bff-b2b"]);
    expect(named(XYZ)).toEqual(["bff-b2b"]);
    expect(named("production.sa-east-1.lumina-sa")).toEqual(["bff-b2c"]);
  });

  it("scale as the specification says, and never from a single pod", () => {
    const scale = (name: string) => resourceOf(ACME, HPA, name).inputs["spec"];
    const cpu = (averageUtilization: number) => [{ resource: { target: { averageUtilization } } }, {}];
    expect(scale("bff-b2c")).toMatchObject({ minReplicas: 2, maxReplicas: 20, metrics: cpu(70) });
    expect(scale("bff-b2b")).toMatchObject({ minReplicas: 2, maxReplicas: 10, metrics: cpu(80) });
  });

  it("get what is asked of their own host from the region's load balancer", () => {
    const { inputs } = resourceOf(XYZ, "aws:lb/listenerRule:ListenerRule", "bff-b2b");
    expect(inputs).toMatchObject({
      conditions: [{ hostHeader: { values: ["xyz-gmbh.b2b.eu.agents.example.com"] } }],
      actions: [{ type: "forward" }],
    });
    const binding = resourceOf(XYZ, "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", "bff-b2b").inputs;
    expect(binding).toMatchObject({
      metadata: { namespace: "xyz-gmbh" },
      spec: { serviceRef: { name: "bff-b2b", port: 8080 }, targetType: "ip" },
    });
  });

  it("are told their stores, their agents and by what they are known", () => {
    expect(variablesOf(XYZ, "bff-b2b")).toMatchObject({
      PUBLIC_URL: "https://xyz-gmbh.b2b.eu.agents.example.com",
      AGENT_HOSTING: "eks",
      AGENTS: JSON.stringify({
        coordinator: "http://coordinator:9000",
        "integration-processor": "http://integration-processor:9000",
        "data-transformer": "http://data-transformer:9000",
      }),
      CONTEXT_ISSUER: "bff.xyz-gmbh",
      API_KEYS_TABLE: expect.stringContaining("bff-b2b-api-keys") as unknown,
      JOBS_TABLE: expect.stringContaining("bff-b2b-jobs") as unknown,
      UPLOADS_BUCKET: expect.stringContaining("bff-b2b-uploads") as unknown,
    });
    expect(variablesOf(ACME, "bff-b2c")["SESSIONS_TABLE"]).toContain("bff-b2c-sessions");
    expect(Object.keys(variablesOf(ACME, "bff-b2c"))).not.toContain("API_KEYS_TABLE");
  });

  it("call the agents' runtimes where agents are no pods, and no others", () => {
    const agents = JSON.parse(variablesOf(DEVELOPMENT, "bff-b2c")["AGENTS"] ?? "{}") as Record<string, string>;
    expect(Object.keys(agents)).toEqual(["coordinator", "customer-support", "product-recommendation"]);
    const grants = resourcesOf(DEVELOPMENT).filter(
      (it) => it.type === "aws:iam/rolePolicy:RolePolicy" && it.name.startsWith("bff-b2c-to-"),
    );
    const invoked = grants.flatMap((it) => statements(it.inputs["policy"]).flatMap(({ Resource }) => Resource));
    for (const arn of Object.values(agents)) expect(invoked).toContain(arn);
    expect(invoked).toHaveLength(2 * Object.keys(agents).length);
  });

  it("alone may sign who calls, by a key of their own that agents believe", () => {
    const key = resourceOf(XYZ, "aws:kms/key:Key", "bff-key");
    const signers = resourcesOfType(XYZ, "aws:iam/rolePolicy:RolePolicy").filter((it) =>
      statements(it.inputs["policy"]).some(({ Resource }) => Resource === key.outputs?.["arn"]),
    );
    expect(signers.map((it) => it.name)).toEqual(["bff-b2b-signs"]);
    expect(variablesOf(XYZ, "agent-coordinator")).toMatchObject({
      BFF_ISSUER: "bff.xyz-gmbh",
      BFF_PUBLIC_KEYS: expect.stringContaining("BEGIN PUBLIC KEY") as unknown,
      A2A_SCOPE: `${XYZ}.agents/a2a.call`,
    });
  });
});
