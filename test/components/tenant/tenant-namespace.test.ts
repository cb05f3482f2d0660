import { SERVICE_CIDR } from "../../../contracts/network/service-addresses.ts";
import { describe, expect, it } from "vitest";
import { TenantNamespace } from "../../../components/tenant/tenant-namespace.ts";
import { agentSize } from "../../../environments/capacity/agent-sizes.ts";
import { boundsOf } from "../../../environments/capacity/namespace-bounds.ts";
import { planned } from "../planned.ts";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const BALANCERS = ["10.2.96.0/22", "10.2.100.0/22"];

const PODS = [
  { most: 10, limits: agentSize("coordinator").resources.limits },
  { most: 2, limits: agentSize("integration-processor").resources.limits },
];

const namespace = () =>
  planned(
    (opts) =>
      new TenantNamespace(
        "namespace",
        { tenant: "xyz-gmbh", bounds: boundsOf(PODS), cidr: "10.2.0.0/16", balancers: BALANCERS },
        opts,
      ),
    "realistic",
  );

describe("TenantNamespace", () => {
  it("admits restricted pods of its tenant only, up to a limit", async () => {
    const plan = await namespace();
    expect(plan.inputs("kubernetes:core/v1:Namespace", "namespace")["metadata"]).toMatchObject({
      name: "xyz-gmbh",
      labels: { "alicerce.dev/tenant": "xyz-gmbh", "pod-security.kubernetes.io/enforce": "restricted" },
    });
    expect(plan.inputs("kubernetes:core/v1:ResourceQuota", "namespace")["spec"]).toEqual({
      hard: {
        pods: "14",
        "limits.cpu": "17",
        "limits.memory": "23Gi",
        "limits.ephemeral-storage": "14Gi",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    });
    expect(plan.inputs("kubernetes:core/v1:LimitRange", "namespace")["spec"]).toMatchObject({
      limits: [{ type: "Container", default: { cpu: "1", memory: "1Gi" }, max: { cpu: "2", memory: "4Gi" } }],
    });
  });

  it("denies all traffic both ways", async () => {
    const plan = await namespace();
    expect(plan.inputs(POLICY, "namespace-default-deny")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
  });

  it("lets pass questions to the cluster's DNS, by its address and by its label", async () => {
    const spec = (await namespace()).inputs(POLICY, "namespace-allow-dns")["spec"];
    expect(spec).toMatchObject({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [{ ipBlock: { cidr: "172.20.0.10/32" } }, { podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    });
  });

  it("lets pass requests for credentials to the EKS Pod Identity agent", async () => {
    expect((await namespace()).inputs(POLICY, "namespace-allow-pod-identity")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ protocol: "TCP", port: 80 }] }],
    });
  });

  it("lets pass load balancers to BFFs, BFFs and agents to agents on the A2A port, and private endpoints", async () => {
    const plan = await namespace();
    expect(plan.names(POLICY).map((it) => it.replace("namespace-", ""))).toEqual([
      "allow-agents",
      "allow-bffs",
      "allow-dns",
      "allow-pod-identity",
      "allow-private-endpoints",
      "allow-telemetry",
      "default-deny",
    ]);
    const agents = { podSelector: { matchLabels: { "alicerce.dev/kind": "agent" } } };
    const bffs = { podSelector: { matchLabels: { "alicerce.dev/kind": "bff" } } };
    const ports = [{ protocol: "TCP", port: 9000 }];
    const policyTypes = ["Ingress", "Egress"];
    const egress = [{ to: [agents], ports }];
    const ingress = [{ from: [agents, bffs], ports }];
    expect(plan.inputs(POLICY, "namespace-allow-agents")["spec"]).toEqual({ ...agents, policyTypes, ingress, egress });
    const from = BALANCERS.map((cidr) => ({ ipBlock: { cidr } }));
    expect(plan.inputs(POLICY, "namespace-allow-bffs")["spec"]).toEqual({
      ...bffs,
      policyTypes,
      ingress: [{ from, ports: [{ protocol: "TCP", port: 8080 }] }],
      egress,
    });
    expect(plan.inputs(POLICY, "namespace-allow-private-endpoints")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "10.2.0.0/16" } }], ports: [{ protocol: "TCP", port: 443 }] }],
    });
    const collectors = [SERVICE_CIDR, "10.2.0.0/16"].map((cidr) => ({ ipBlock: { cidr } }));
    expect(plan.inputs(POLICY, "namespace-allow-telemetry")["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: collectors, ports: [{ protocol: "TCP", port: 4318 }] }],
    });
  });
});
