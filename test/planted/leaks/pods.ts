import { type Planted, STACKS } from "../environment.ts";

const { acme, region, xyz } = STACKS;

function pod(namespace: string, spec: Record<string, unknown>) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "tool", namespace },
    spec: { containers: [{ name: "tool", image: "busybox" }], ...spec },
  };
}

/** Kubernetes objects by which a pod reaches another tenant's namespace, or its node. */
export const podLeaks: readonly Planted[] = [
  {
    name: "agents accept every namespace",
    story: "Ingress from all namespaces: agents of other tenants call this one.",
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-agents", (all) => {
        all["spec"].ingress = [{ from: [{ namespaceSelector: {} }] }];
      }),
  },
  {
    name: "pods may send everywhere",
    story: "A policy with an empty egress rule, to get a vendor's API to work.",
    change: (it) =>
      it.add(xyz, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "allow-out", {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "allow-out", namespace: "xyz-gmbh" },
        spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] },
      }),
  },
  {
    name: "no denial by default",
    story: "Without the default-deny policy a pod that no other policy selects is open.",
    reaches: ["namespace"],
    change: (it) => it.remove(xyz, "NetworkPolicy", "namespace-default-deny"),
  },
  {
    name: "a cluster-wide policy that allows",
    story: "An AdminNetworkPolicy allows traffic between all tenants, before any NetworkPolicy is asked.",
    change: (it) =>
      it.add(region, "kubernetes:policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", "allow", {
        apiVersion: "policy.networking.k8s.io/v1alpha1",
        kind: "AdminNetworkPolicy",
        metadata: { name: "allow" },
        spec: {
          priority: 1,
          subject: { namespaces: {} },
          ingress: [{ name: "all", action: "Allow", from: [{ namespaces: {} }] }],
        },
      }),
  },
  {
    name: "policies that nobody enforces",
    story: "The network policy controller is switched off: all policies stand and none works.",
    reaches: ["alicerce-eksCluster"],
    change: (it) =>
      it.edit(region, "ConfigMap", "alicerce-network-policies", (all) => {
        all["data"]["enable-network-policy-controller"] = "false";
      }),
  },
  {
    name: "a pod in another tenant's namespace",
    story: "acme-corp's stack puts its agent into the namespace of xyz-gmbh.",
    change: (it) =>
      it.edit(acme, "Deployment", "agent-coordinator", (all) => {
        all["metadata"].namespace = "xyz-gmbh";
      }),
  },
  {
    name: "an agent copied into another tenant's stack",
    story: "The deployment of acme-corp's agent, with its environment, is copied into xyz-gmbh's stack.",
    change: (it) =>
      it.copy(acme, xyz, "Deployment", "agent-coordinator", (all) => {
        all["metadata"].namespace = "xyz-gmbh";
        all["metadata"].name = "copied";
      }),
  },
  {
    name: "a pod on the node's network",
    story: "hostNetwork: the pod has the node's role and no network policy.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.hostNetwork = true;
      }),
  },
  {
    name: "a pod that reads the node's disk",
    story: "A hostPath volume shows the files of all pods of the node.",
    change: (it) =>
      it.add(
        xyz,
        "kubernetes:core/v1:Pod",
        "tool",
        pod("xyz-gmbh", { volumes: [{ name: "host", hostPath: { path: "/" } }] }),
      ),
  },
  {
    name: "a daemon set over all nodes",
    story: "A privileged daemon set of a vendor on each node, in a namespace of its own.",
    change: (it) =>
      it.add(region, "kubernetes:apps/v1:DaemonSet", "vendor", {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: "vendor", namespace: "kube-system" },
        spec: {
          selector: { matchLabels: { app: "vendor" } },
          template: {
            metadata: { labels: { app: "vendor" } },
            spec: {
              containers: [{ name: "vendor", image: "vendor/agent:latest", securityContext: { privileged: true } }],
            },
          },
        },
      }),
  },
  {
    name: "a namespace that forbids nothing",
    story: "Pod Security of xyz-gmbh's namespace is privileged.",
    change: (it) =>
      it.edit(xyz, "Namespace", "namespace", (all) => {
        all["metadata"].labels["pod-security.kubernetes.io/enforce"] = "privileged";
      }),
  },
  {
    name: "a role binding across namespaces",
    story: "The service account of acme-corp may read the secrets of xyz-gmbh's namespace.",
    change: (it) => {
      const metadata = { name: "reader", namespace: "xyz-gmbh" };
      it.add(xyz, "kubernetes:rbac.authorization.k8s.io/v1:Role", "reader", {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "Role",
        metadata,
        rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }],
      });
      it.add(xyz, "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "reader", {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
        subjects: [{ kind: "ServiceAccount", name: "coordinator", namespace: "acme-corp" }],
      });
    },
  },
  {
    name: "every service account is an administrator",
    story: "A ClusterRoleBinding of cluster-admin to all service accounts.",
    change: (it) =>
      it.add(region, "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "all", {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: { name: "all" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: "system:serviceaccounts" }],
      }),
  },
  {
    name: "a service that is a load balancer",
    story: "The agent's Service gets a public load balancer.",
    change: (it) =>
      it.edit(xyz, "Service", "agent-coordinator", (all) => {
        all["spec"].type = "LoadBalancer";
      }),
  },
  {
    name: "a service with external addresses",
    story: "externalIPs take over an address of another service of the cluster.",
    change: (it) =>
      it.edit(xyz, "Service", "agent-coordinator", (all) => {
        all["spec"].externalIPs = ["172.20.0.10"];
      }),
  },
  {
    name: "a service that is a name elsewhere",
    story: "An ExternalName service sends what should go to the tenant's coordinator to another tenant's.",
    change: (it) =>
      it.edit(xyz, "Service", "agent-coordinator", (all) => {
        all["spec"] = { type: "ExternalName", externalName: "coordinator.acme-corp.svc.cluster.local" };
      }),
  },
  {
    name: "endpoints written by hand",
    story: "An EndpointSlice of xyz-gmbh's coordinator names the address of another tenant's pod.",
    change: (it) =>
      it.add(xyz, "kubernetes:discovery.k8s.io/v1:EndpointSlice", "coordinator", {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: {
          name: "coordinator-x",
          namespace: "xyz-gmbh",
          labels: { "kubernetes.io/service-name": "coordinator" },
        },
        addressType: "IPv4",
        endpoints: [{ addresses: ["10.2.40.7"] }],
        ports: [{ port: 9000 }],
      }),
  },
  {
    name: "an ingress for an agent",
    story: "An Ingress puts the agent of xyz-gmbh on the internet.",
    change: (it) =>
      it.add(xyz, "kubernetes:networking.k8s.io/v1:Ingress", "agents", {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: {
          name: "agents",
          namespace: "xyz-gmbh",
          annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" },
        },
        spec: { defaultBackend: { service: { name: "coordinator", port: { number: 9000 } } } },
      }),
  },
  {
    name: "an image of nobody's",
    story: "The agent of xyz-gmbh runs an image of a public registry by a tag.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.containers[0].image = "docker.io/somebody/agent:latest";
      }),
  },
  {
    name: "a second container from outside",
    story: "A sidecar of a public registry in the agent's pod uses its role and its network.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.containers.push({ name: "helper", image: "docker.io/somebody/helper:1" });
      }),
  },
  {
    name: "an agent with another tenant's token",
    story: "TOKEN_FUNCTION of xyz-gmbh's agent names acme-corp's function.",
    change: (it) =>
      it.replaceText(
        [xyz, "Deployment", "agent-coordinator"],
        it.output(xyz, "Function", "agent-coordinator-token", "name"),
        it.arn(acme, "Function", "agent-coordinator-token"),
      ),
  },
  {
    name: "a job in the default namespace",
    story: "A CronJob with the agent's service account name in namespace default, which no policy isolates.",
    change: (it) =>
      it.add(region, "kubernetes:batch/v1:CronJob", "export", {
        apiVersion: "batch/v1",
        kind: "CronJob",
        metadata: { name: "export", namespace: "default" },
        spec: {
          schedule: "0 3 * * *",
          jobTemplate: {
            spec: {
              template: { spec: { containers: [{ name: "export", image: "busybox" }], restartPolicy: "Never" } },
            },
          },
        },
      }),
  },
  {
    name: "a secret copied into a config map",
    story: "The client secret of xyz-gmbh's agent lies in a ConfigMap of kube-system.",
    change: (it) =>
      it.add(region, "kubernetes:core/v1:ConfigMap", "credentials", {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "credentials", namespace: "kube-system" },
        data: { secret: it.output(xyz, "UserPoolClient", "agent-coordinator", "clientSecret") },
      }),
  },
];
