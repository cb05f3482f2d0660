import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../../../plan/model.ts";
import { statements } from "../planned.ts";
import { regionPlan } from "./keycloak-programs.ts";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const SERVICE = "kubernetes:core/v1:Service";

interface Pod {
  readonly containers: readonly Readonly<Record<string, unknown>>[];
  readonly initContainers: readonly Readonly<Record<string, unknown>>[];
}

const { resources: all } = await regionPlan();

/** What belongs to Keycloak, by type. */
function ofType(type: string): readonly PlannedResource[] {
  return all.filter((it) => it.type === type && it.name.startsWith("keycloak"));
}

function inputs(type: string, name = "keycloak"): Readonly<Record<string, unknown>> {
  const found = ofType(type).find((it) => it.name === name);
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found.inputs;
}

const set = inputs(STATEFUL_SET) as {
  readonly spec: { readonly replicas: number; readonly template: { readonly spec: Pod } };
};
const pod = set.spec.template.spec;
const args = pod.containers[0]!["args"] as readonly string[];

describe("KeycloakServer", () => {
  it("starts what was built, for one public host and another of the administration", () => {
    expect(args.slice(0, 2)).toEqual(["start", "--optimized"]);
    expect(args).toEqual(
      expect.arrayContaining([
        "--hostname=https://identity.eu-west-1.agents.example.com",
        "--hostname-admin=https://identity-admin.eu-west-1.agents.example.com",
        "--http-enabled=false",
        "--https-protocols=TLSv1.3",
        "--proxy-headers=xforwarded",
        "--proxy-trusted-addresses=10.2.96.0/22,10.2.100.0/22,10.2.104.0/22",
        "--cache-stack=jdbc-ping",
      ]),
    );
  });

  it("logs in to its database by IAM, and compares the name in the database's certificate", () => {
    const url = args.find((it) => it.startsWith("--db-url="));
    expect(url).toMatch(
      /^--db-url=jdbc:aws-wrapper:postgresql:\/\/\S+:5432\/keycloak\?wrapperPlugins=iam&sslmode=verify-full&/,
    );
    expect(args.filter((it) => it.includes("password"))).toEqual([]);
  });

  it("runs an image by digest, as nobody, on a file system that it cannot change", () => {
    for (const it of [...pod.containers, ...pod.initContainers]) {
      expect(it["image"]).toMatch(/\/alicerce\/keycloak@sha256:[0-9a-f]{64}$/);
      expect(it["securityContext"]).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      });
      expect(it["resources"]).toHaveProperty("limits.memory");
    }
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" }],
    });
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    expect(inputs("kubernetes:core/v1:Namespace")).toMatchObject({ metadata: { labels } });
  });

  it("is asked how it is on the port of management, which no Service leads to", () => {
    const { startupProbe, readinessProbe, livenessProbe } = pod.containers[0]!;
    for (const probe of [startupProbe, readinessProbe, livenessProbe])
      expect(probe).toMatchObject({ httpGet: { port: 9000, scheme: "HTTPS" } });
    expect(ofType(SERVICE)).toHaveLength(2);
    for (const it of ofType(SERVICE))
      expect(it.inputs).toMatchObject({ spec: { ports: [{ port: 8443, targetPort: 8443 }] } });
  });

  it("lets in load balancers, lets out names, credentials and the database, and its own pods both ways", () => {
    const passes = ofType(POLICY).map((it) => it.inputs["spec"]);
    const ports = (numbers: readonly number[]) => numbers.map((port) => ({ protocol: "TCP", port }));
    const own = { matchLabels: { "app.kubernetes.io/name": "keycloak", "alicerce.dev/kind": "identity-provider" } };
    const ranges = (cidrs: readonly string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
    expect(ofType(POLICY)).toHaveLength(6);
    expect(passes).toContainEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    expect(passes).toContainEqual({
      podSelector: own,
      policyTypes: ["Ingress"],
      ingress: [{ from: ranges(["10.2.96.0/22", "10.2.100.0/22", "10.2.104.0/22"]), ports: ports([8443]) }],
    });
    expect(passes).toContainEqual({
      podSelector: own,
      policyTypes: ["Egress"],
      egress: [{ to: ranges(["10.2.0.0/19", "10.2.32.0/19", "10.2.64.0/19"]), ports: ports([5432]) }],
    });
    const peers = [{ podSelector: own }];
    expect(passes).toContainEqual({
      podSelector: own,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: peers, ports: ports([7800, 57_800]) }],
      egress: [{ to: peers, ports: ports([7800, 57_800]) }],
    });
  });

  it("may log in as one user of its database, and do nothing else in AWS", () => {
    const policy = inputs("aws:iam/rolePolicy:RolePolicy", "keycloak-connects")["policy"];
    const [first, ...others] = statements(policy);
    expect(others).toEqual([]);
    expect(first?.["Action"]).toEqual(["rds-db:connect"]);
    expect(first?.["Resource"]).toMatch(/:dbuser:[^/]+\/keycloak$/);
    const role = ofType("aws:iam/role:Role").find((it) => it.name === "keycloak")!.urn;
    const ofRole = all.filter(
      ({ type, propertyDependencies: it }) => type.includes("iam") && it?.["role"]?.includes(role),
    );
    expect(ofRole.map((it) => it.name)).toEqual(["keycloak-connects"]);
  });

  it("survives the loss of a node, and of a zone", () => {
    expect(set.spec.replicas).toBe(2);
    expect(inputs("kubernetes:policy/v1:PodDisruptionBudget")).toMatchObject({
      spec: { maxUnavailable: 1 },
    });
  });
});

describe("KeycloakDatabase", () => {
  it("never sleeps, keeps backups for 35 days, and cannot be deleted by mistake", () => {
    expect(inputs("aws:rds/cluster:Cluster")).toMatchObject({
      clusterIdentifier: "alicerce-keycloak",
      databaseName: "keycloak",
      serverlessv2ScalingConfiguration: { minCapacity: 0.5 },
      backupRetentionPeriod: 35,
      deletionProtection: true,
      iamDatabaseAuthenticationEnabled: true,
    });
  });
});
