import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Named, ProviderProcess } from "./provider-process.ts";
import { matching } from "../matching.ts";

const home = mkdtempSync(join(tmpdir(), "alicerce-kubernetes-"));
const ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const kubeconfig = (server: unknown) => JSON.stringify({ clusters: [{ cluster: { server } }] });
const started: ProviderProcess[] = [];
let kubernetes: ProviderProcess;

async function start(pkg: string, config: Readonly<Record<string, string>>): Promise<ProviderProcess> {
  const it = await ProviderProcess.start(pkg, { ALICERCE_SANDBOX: home });
  started.push(it);
  await it.configure(config);
  return it;
}

beforeAll(async () => {
  const aws = await start("aws", { region: "eu-west-1", allowedAccountIds: '["111122223333"]' });
  const cluster = await aws.create(["aws:eks/cluster:Cluster", "k"], { name: "k", vpcConfig: {} });
  await aws.create(["aws:ecr/repository:Repository", "r"], { name: "alicerce/agent" });
  kubernetes = await start("kubernetes", { kubeconfig: kubeconfig(cluster.properties["endpoint"]) });
  await kubernetes.create(["kubernetes:core/v1:Namespace", "ns"], namespaceOf("acme"));
  await kubernetes.create(["kubernetes:core/v1:ServiceAccount", "sa"], {
    ...namespaceOf("agent"),
    kind: "ServiceAccount",
    metadata: { name: "agent", namespace: "acme" },
  });
});
afterAll(async () => {
  await Promise.all(started.map((it) => it.end()));
  rmSync(home, { recursive: true, force: true });
});

function namespaceOf(name: string) {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function deployment(pod: object, metadata: object = { name: "agent", namespace: "acme" }) {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { template: { spec: pod } } };
}

describe("the provider process of kubernetes", () => {
  it("predicts what would be in a cluster that does not exist, but creates nothing there", async () => {
    const nowhere = await start("kubernetes", { kubeconfig: kubeconfig("https://nowhere.example.com") });
    const ns: Named = ["kubernetes:core/v1:Namespace", "n"];
    expect((await nowhere.check(ns, namespaceOf("n"))).failures).toEqual([]);
    expect((await nowhere.create(ns, namespaceOf("n"), true)).id).toBe("");
    await expect(nowhere.create(ns, namespaceOf("n"))).rejects.toThrow(
      "ResourceNotFound: the Kubernetes cluster at nowhere.example.com does not exist",
    );
  });

  it("makes a deployment whose namespace, service account and image exist", async () => {
    const it: Named = [DEPLOYMENT, "agent"];
    const image = `${ECR}/alicerce/agent@sha256:${"0".repeat(64)}`;
    const inputs = deployment({ serviceAccountName: "agent", containers: [{ name: "a", image }] });
    const made = await kubernetes.create(it, inputs);
    expect(made).toMatchObject({
      id: "acme/agent",
      properties: { metadata: { name: "agent", namespace: "acme", uid: matching(/^[0-9a-f-]{36}$/) } },
    });
    expect((await kubernetes.read(it, made.id, { inputs })).id).toBe("acme/agent");
    const second = kubernetes.create([DEPLOYMENT, "second"], inputs);
    await expect(second).rejects.toThrow(/^2 UNKNOWN: AlreadyExists: .*::agent/);
  });

  it.each([
    [
      "a deployment in a missing namespace",
      DEPLOYMENT,
      deployment({}, { name: "b", namespace: "nobody" }),
      "metadata.namespace refers to Namespace nobody",
    ],
    [
      "a deployment of a missing service account",
      DEPLOYMENT,
      deployment({ serviceAccountName: "nobody" }, { name: "b", namespace: "acme" }),
      "spec.template.spec.serviceAccountName refers to ServiceAccount acme/nobody",
    ],
    [
      "a deployment of an image without a repository",
      DEPLOYMENT,
      deployment(
        { containers: [{ image: `${ECR}/alicerce/agent:1` }, { image: `${ECR}/nothing:1` }] },
        { name: "b", namespace: "acme" },
      ),
      `spec.template.spec.containers[1].image refers to ${ECR}/nothing:1`,
    ],
    [
      "a deployment of an image whose repository is in another region",
      DEPLOYMENT,
      deployment(
        { containers: [{ image: `${ECR.replace("eu-west-1", "us-east-1")}/alicerce/agent:1` }] },
        { name: "b", namespace: "acme" },
      ),
      "spec.template.spec.containers[0].image refers to",
    ],
    [
      "an initial container of an image without a repository",
      DEPLOYMENT,
      deployment({ initContainers: [{ image: `${ECR}/nothing:1` }] }, { name: "b", namespace: "acme" }),
      "spec.template.spec.initContainers[0].image refers to",
    ],
    [
      "a timed job of a missing service account",
      "kubernetes:batch/v1:CronJob",
      {
        apiVersion: "batch/v1",
        kind: "CronJob",
        metadata: { name: "b", namespace: "acme" },
        spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: "nobody" } } } } },
      },
      "spec.jobTemplate.spec.template.spec.serviceAccountName refers to ServiceAccount acme/nobody",
    ],
    [
      "an autoscaler without its target",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
      {
        apiVersion: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata: { name: "b", namespace: "acme" },
        spec: { scaleTargetRef: { kind: "Deployment", name: "nobody" } },
      },
      "spec.scaleTargetRef refers to Deployment acme/nobody",
    ],
  ])("refuses %s", async (_, type, inputs, reason) => {
    const created = kubernetes.create([type, "b"], inputs);
    await expect(created).rejects.toThrow(/ResourceNotFound: /);
    await expect(created).rejects.toThrow(reason);
  });

  it("names what has no name and no namespace, and looks into secrets to do so", async () => {
    const config: Named = ["kubernetes:core/v1:ConfigMap", "Settings"];
    const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const [plain, wrapped] = [{ labels: { a: "b" } }, { ...SECRET, value: { labels: { a: "b" } } }];
    const named = { labels: { a: "b" }, name: matching(/^settings-[0-9a-f]{8}$/), namespace: "default" };
    const kind = { apiVersion: "v1", kind: "ConfigMap" };
    expect((await kubernetes.check(config, { ...kind, metadata: plain })).inputs["metadata"]).toEqual(named);
    expect((await kubernetes.check(config, { ...kind, metadata: wrapped })).inputs["metadata"]).toEqual({
      ...SECRET,
      value: named,
    });
  });

  it("replaces what Kubernetes cannot change, and the old one goes first", async () => {
    const agent = deployment({});
    const moved = { ...agent, metadata: { name: "agent", namespace: "default" } };
    expect(await kubernetes.diff([DEPLOYMENT, "agent"], agent, moved)).toMatchObject({
      kinds: { metadata: "UPDATE_REPLACE" },
      deleteBeforeReplace: true,
    });
    const scaled = { ...agent, spec: { ...agent.spec, replicas: 3 } };
    expect(await kubernetes.diff([DEPLOYMENT, "agent"], agent, scaled)).toMatchObject({
      kinds: { spec: "UPDATE" },
      replaces: [],
    });
  });
});

describe("the provider process of keycloak", () => {
  it("keeps realms by name on their own server, and what is in them by UUID", async () => {
    const [one, two] = [
      await start("keycloak", { url: "https://one.example.com", clientId: "tests" }),
      await start("keycloak", { url: "https://two.example.com", clientId: "tests" }),
    ];
    const realm: Named = ["keycloak:index/realm:Realm", "r"];
    expect((await one.create(realm, { realm: "acme" })).id).toBe("acme");
    const scope: Named = ["keycloak:openid/clientScope:ClientScope", "s"];
    expect((await one.create(scope, { realmId: "acme", name: "mcp" })).id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    await expect(two.create(scope, { realmId: "acme", name: "mcp" })).rejects.toThrow(
      /ResourceNotFound: realmId refers to acme, .* region two\.example\.com/,
    );
  });

  it("refuses a configuration without a sound URL", async () => {
    const keycloak = await ProviderProcess.start("keycloak", { ALICERCE_SANDBOX: home });
    started.push(keycloak);
    await expect(keycloak.configure({ url: "identity" })).rejects.toThrow("url: must be an absolute URL");
    await expect(keycloak.configure({})).rejects.toThrow("url: missing required property");
  });
});
