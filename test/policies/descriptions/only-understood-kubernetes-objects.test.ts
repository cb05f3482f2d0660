import * as kubernetes from "@pulumi/kubernetes";
import { onlyWhatIsUnderstoodIsDeployed } from "../../../policies/premise-8-least-privilege/only-what-is-understood-is-deployed.ts";
import { testRule } from "../../support/rule-tester.ts";
import { noProperty, noType, only, otherValue } from "../not-understood.ts";
import { agentOf, onCluster } from "../programs.ts";

type PodSpec = kubernetes.types.input.core.v1.PodSpec;
type Container = kubernetes.types.input.core.v1.Container;

const POD = "spec.template.spec";

const PROBED: Partial<Container> = {
  livenessProbe: { httpGet: { path: "/ping", port: "a2a" }, periodSeconds: 30, initialDelaySeconds: 5 },
  resources: { limits: { cpu: "2", memory: "2Gi" } },
};

function pod(args: Partial<PodSpec>, container: Partial<Container> = {}): void {
  const labels = { app: "agent" };
  const containers = [{ name: "agent", image: "registry.example.com/agent", ...container }];
  const template = { metadata: { labels }, spec: { containers, ...args } };
  const args_ = { metadata: { name: "agent", labels }, spec: { selector: { matchLabels: labels }, template } };
  new kubernetes.apps.v1.Deployment("agent", args_, onCluster());
}

function service(spec: kubernetes.types.input.core.v1.ServiceSpec, metadata = {}): void {
  const args = { metadata: { name: "agent", ...metadata }, spec: { ports: [{ port: 9000 }], ...spec } };
  new kubernetes.core.v1.Service("agent", args, onCluster());
}

const inPod = (path: string): string => noProperty("agent", `${POD}.${path}`, "kubernetes/apps.ts");
const inService = (path: string): string => noProperty("agent", path, "kubernetes/objects.ts");

// The cluster is yet to be made, so only a preview can tell what these programs ask for.
testRule(
  onlyWhatIsUnderstoodIsDeployed,
  {
    accepts: {
      "an agent with slower probes and more replicas": () => agentOf("coordinator", onCluster(), { container: PROBED }),
      "a pod that says that it shares nothing with its node": () =>
        pod({ hostNetwork: false, hostPID: false, hostIPC: false }),
      "a Service inside the cluster": () => service({ type: "ClusterIP" }),
    },
    rejects: {
      "a custom object": [
        () =>
          new kubernetes.apiextensions.CustomResource(
            "sync",
            { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "sync" }, spec: {} },
            onCluster(),
          ),
        noType("kubernetes:argoproj.io/v1alpha1:Application", "argoproj.io.ts", "sync"),
      ],
      "a pod in its node's network": [
        () => pod({ hostNetwork: true }),
        otherValue("agent", `${POD}.hostNetwork`, "set it to false", "kubernetes/apps.ts"),
      ],
      "a pod that sees its node's processes": [
        () => pod({ hostPID: true }),
        otherValue("agent", `${POD}.hostPID`, "set it to false", "kubernetes/apps.ts"),
      ],
      "a pod with a folder of its node": [
        () => pod({ volumes: [{ name: "node", hostPath: { path: "/" } }] }),
        inPod("volumes.hostPath"),
      ],
      "a pod with an empty word for a folder of its node": [
        only(
          "kubernetes:apps/v1:Deployment",
          { spec: { template: { spec: { volumes: [{ hostPath: {} }] } } } },
          "agent",
        ),
        inPod("volumes.hostPath"),
      ],
      "a pod with a secret for a volume": [
        () => pod({ volumes: [{ name: "token", secret: { secretName: "admin" } }] }),
        inPod("volumes.secret"),
      ],
      "a privileged container": [
        () => pod({}, { securityContext: { privileged: true } }),
        otherValue("agent", `${POD}.containers.securityContext.privileged`, "set it to false", "kubernetes/apps.ts"),
      ],
      "a container with a capability": [
        () => pod({}, { securityContext: { capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] } } }),
        inPod("containers.securityContext.capabilities.add"),
      ],
      "a container that drops less than all": [
        () => pod({}, { securityContext: { capabilities: { drop: ["ALL", "CHOWN"] } } }),
        otherValue(
          "agent",
          `${POD}.containers.securityContext.capabilities.drop`,
          'set it to "ALL"',
          "kubernetes/apps.ts",
        ),
      ],
      "a container on a port of its node": [
        () => pod({}, { ports: [{ containerPort: 9000, hostPort: 9000 }] }),
        inPod("containers.ports.hostPort"),
      ],
      "a container with another's secret": [
        () => pod({}, { env: [{ name: "KEY", valueFrom: { secretKeyRef: { name: "admin", key: "key" } } }] }),
        inPod("containers.env.valueFrom"),
      ],
      "a probe that makes the node call another host": [
        () => pod({}, { livenessProbe: { httpGet: { port: 80, host: "169.254.169.254" } } }),
        inPod("containers.livenessProbe.httpGet.host"),
      ],
      "a probe that runs a command": [
        () => pod({}, { startupProbe: { exec: { command: ["sh"] } } }),
        inPod("containers.startupProbe.exec"),
      ],
      "a container that is added to a running pod": [
        () => pod({ ephemeralContainers: [{ name: "shell" }] }),
        inPod("ephemeralContainers"),
      ],
      "a pod with its account's token": [
        () => pod({ automountServiceAccountToken: true }),
        otherValue("agent", `${POD}.automountServiceAccountToken`, "set it to false", "kubernetes/apps.ts"),
      ],
      "an object of another kind under the token of a Deployment": [
        only(
          "kubernetes:apps/v1:Deployment",
          { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
          "agent",
        ),
        otherValue("agent", "apiVersion", 'set it to "apps/v1"', "kubernetes/apps.ts"),
        otherValue("agent", "kind", 'set it to "Deployment"', "kubernetes/apps.ts"),
      ],
      "a Service with a load balancer": [
        () => service({ type: "LoadBalancer" }),
        otherValue("agent", "spec.type", 'set it to "ClusterIP"', "kubernetes/objects.ts"),
      ],
      "a Service on ports of all nodes": [
        () => service({ type: "NodePort", ports: [{ port: 9000, nodePort: 30_000 }] }),
        inService("spec.ports.nodePort"),
        otherValue("agent", "spec.type", 'set it to "ClusterIP"', "kubernetes/objects.ts"),
      ],
      "a Service with addresses of others": [
        () => service({ externalIPs: ["203.0.113.7"] }),
        inService("spec.externalIPs"),
      ],
      "a Service that is another host's name": [
        () => service({ type: "ExternalName", externalName: "example.com" }),
        inService("spec.externalName"),
        otherValue("agent", "spec.type", 'set it to "ClusterIP"', "kubernetes/objects.ts"),
      ],
      "a Service with an annotation, which controllers obey": [
        () => service({}, { annotations: { "external-dns.alpha.kubernetes.io/hostname": "agents.example.com" } }),
        inService("metadata.annotations"),
      ],
      "a service account with a role by annotation": [
        () =>
          new kubernetes.core.v1.ServiceAccount(
            "agent",
            { metadata: { name: "agent", annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/x" } } },
            onCluster(),
          ),
        inService("metadata.annotations"),
      ],
      "a ConfigMap of the cluster's own names": [
        () =>
          new kubernetes.core.v1.ConfigMap(
            "names",
            { metadata: { name: "coredns", namespace: "kube-system" }, data: { Corefile: "." } },
            onCluster(),
          ),
        noProperty("names", "data.Corefile", "kubernetes/objects.ts"),
        otherValue("names", "metadata.name", 'set it to "amazon-vpc-cni" or "keycloak"', "kubernetes/objects.ts"),
      ],
    },
  },
  { preview: "realistic" },
);
