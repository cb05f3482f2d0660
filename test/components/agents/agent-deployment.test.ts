import { describe, expect, it } from "vitest";
import { AgentDeployment } from "../../../components/agents/agent-deployment.ts";
import { serviceRole, trustPods } from "../../../components/identity/service-role.ts";
import { USUAL_SIZE } from "../../../environments/capacity/agent-sizes.ts";
import { awsOf, planned, testBoundary } from "../planned.ts";

const IMAGE = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce/agent-coordinator@sha256:${"0".repeat(64)}`;
const NAME = "agent-coordinator";

const plan = () =>
  planned((opts) => {
    const place = testBoundary(opts);
    const trust = trustPods(place, { clusterArn: "arn:c", namespace: "xyz-gmbh", serviceAccount: "coordinator" });
    new AgentDeployment(
      NAME,
      {
        tenant: "xyz-gmbh",
        agent: "coordinator",
        version: "1.2.0",
        imageUri: IMAGE,
        namespace: "xyz-gmbh",
        clusterName: "alicerce",
        role: serviceRole("role", { place, description: "Tests", trust }, { provider: awsOf(opts) }),
        environment: { TENANT_ID: "xyz-gmbh" },
        hosts: ["cognito-idp.eu-west-1.amazonaws.com"],
        scale: { min: 1, max: 15, targetCpuPercent: 70 },
        size: USUAL_SIZE,
      },
      opts,
    );
  }, "realistic");

interface Pod {
  readonly containers: readonly Readonly<Record<string, unknown>>[];
}

const podOf = (inputs: Readonly<Record<string, unknown>>): Pod =>
  (inputs["spec"] as { template: { spec: Pod } }).template.spec;

describe("AgentDeployment", () => {
  it("runs as restricted pods of one image, spread over the zones", async () => {
    const it = await plan();
    const deployment = it.inputs("kubernetes:apps/v1:Deployment", NAME);
    expect(deployment["metadata"]).toMatchObject({
      name: "coordinator",
      namespace: "xyz-gmbh",
      labels: {
        "alicerce.dev/kind": "agent",
        "alicerce.dev/tenant": "xyz-gmbh",
        "app.kubernetes.io/name": "coordinator",
        "app.kubernetes.io/version": "1.2.0",
      },
    });
    const pod = podOf(deployment);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", maxSkew: 1 }],
    });
    expect(pod.containers).toMatchObject([
      {
        image: IMAGE,
        ports: [{ name: "a2a", containerPort: 9000, protocol: "TCP" }],
        resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1", memory: "1Gi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
        },
      },
    ]);
    expect(pod.containers[0]?.["env"]).toEqual([
      {
        name: "OTEL_EXPORTER_OTLP_ENDPOINT",
        value: "http://cloudwatch-agent.amazon-cloudwatch.svc.cluster.local:4318",
      },
      { name: "OTEL_SERVICE_NAME", value: "coordinator" },
      { name: "OTEL_TRACES_SAMPLER", value: "parentbased_traceidratio" },
      { name: "OTEL_TRACES_SAMPLER_ARG", value: "0.1" },
      { name: "OTEL_RESOURCE_ATTRIBUTES", value: "service.version=1.2.0" },
      { name: "TENANT_ID", value: "xyz-gmbh" },
    ]);
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
      expect(pod.containers[0]?.[probe]).toMatchObject({ httpGet: { path: "/ping", port: "a2a" } });
    }
  });

  it("has a service account whose pods alone get its role", async () => {
    const it = await plan();
    const association = it.one("aws:eks/podIdentityAssociation:PodIdentityAssociation", NAME);
    expect(association.inputs).toMatchObject({
      clusterName: "alicerce",
      namespace: "xyz-gmbh",
      serviceAccount: "coordinator",
    });
    expect(association.propertyDependencies?.["roleArn"]).toEqual([it.one("aws:iam/role:Role", "role").urn]);
    expect(it.one("kubernetes:apps/v1:Deployment", NAME).dependencies).toContain(association.urn);
  });

  it("scales by load between its bounds, and never loses more than one pod at a time", async () => {
    const it = await plan();
    expect(it.inputs("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", NAME)["spec"]).toMatchObject({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "coordinator" },
      minReplicas: 1,
      maxReplicas: 15,
      metrics: [
        { resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
        { resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } } },
      ],
    });
    expect(it.inputs("kubernetes:policy/v1:PodDisruptionBudget", NAME)["spec"]).toMatchObject({ maxUnavailable: 1 });
  });

  it("is spoken to over A2A, inside the cluster", async () => {
    const it = await plan();
    expect(it.inputs("kubernetes:core/v1:Service", NAME)["spec"]).toEqual({
      type: "ClusterIP",
      // AWS opens a Service's address by the kind that it selects, and for a port that has a number.
      selector: { "app.kubernetes.io/name": "coordinator", "alicerce.dev/kind": "agent" },
      ports: [{ name: "a2a", port: 9000, targetPort: 9000, appProtocol: "http" }],
    });
  });
});
