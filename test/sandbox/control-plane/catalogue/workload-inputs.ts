/** What the platform asks of the cluster component, and more of what it can be asked. */
export const EKS_CLUSTER: Readonly<Record<string, unknown>> = {
  name: "production-eu-west-1",
  version: "1.35",
  vpcId: "vpc-1",
  privateSubnetIds: ["subnet-1", "subnet-2", "subnet-3"],
  autoMode: { enabled: true, createNodeRole: true, computeConfig: { nodePools: ["system"] } },
  authenticationMode: "API",
  accessEntries: {
    deploy: {
      principalArn: "arn",
      type: "STANDARD",
      accessPolicies: { admin: { policyArn: "arn", accessScope: { type: "cluster" } } },
    },
  },
  endpointPublicAccess: false,
  endpointPrivateAccess: true,
  encryptionConfigKeyArn: "arn",
  enabledClusterLogTypes: ["api", "audit"],
  upgradePolicy: { supportType: "STANDARD" },
  skipDefaultNodeGroup: true,
  storageClasses: { fast: { type: "gp3", encrypted: true, metadata: { name: "fast" } } },
  fargate: true,
};

function object(apiVersion: string, kind: string, rest: Record<string, unknown>): Record<string, unknown> {
  return { apiVersion, kind, metadata: { name: "x", namespace: "acme", labels: { a: "b" } }, ...rest };
}

const CONTAINER = {
  name: "agent",
  image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/alicerce/agent@sha256:0a",
  ports: [{ name: "a2a", containerPort: 9000 }],
  env: [
    { name: "GATEWAY_URL", value: "https://x" },
    { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
  ],
  resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "512Mi" } },
  readinessProbe: { httpGet: { path: "/ready", port: "a2a" }, periodSeconds: 5 },
  livenessProbe: { httpGet: { path: "/live", port: 9000 } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
};

const POD = {
  serviceAccountName: "coordinator",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 10001 },
  containers: [CONTAINER],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { a: "b" } },
    },
  ],
};

const NETWORK_POLICY = {
  podSelector: { matchLabels: { "alicerce/kind": "agent" } },
  policyTypes: ["Ingress", "Egress"],
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 9000, protocol: "TCP" }] }],
  egress: [
    { to: [{ ipBlock: { cidr: "10.0.0.0/16", except: ["10.0.1.0/24"] } }], ports: [{ port: "a2a" }] },
    {
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
          podSelector: { matchExpressions: [{ key: "k8s-app", operator: "In", values: ["kube-dns"] }] },
        },
      ],
    },
  ],
};

/** Every Kubernetes type of the platform, as its constructor sends it. */
export const KUBERNETES_INPUTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "kubernetes:core/v1:Namespace": object("v1", "Namespace", { status: undefined }),
  "kubernetes:core/v1:ConfigMap": object("v1", "ConfigMap", { data: { "enable-network-policy-controller": "true" } }),
  "kubernetes:core/v1:ServiceAccount": object("v1", "ServiceAccount", { automountServiceAccountToken: false }),
  "kubernetes:core/v1:ResourceQuota": object("v1", "ResourceQuota", { spec: { hard: { pods: "50" } } }),
  "kubernetes:core/v1:LimitRange": object("v1", "LimitRange", {
    spec: { limits: [{ type: "Container", default: { memory: "512Mi" }, defaultRequest: { cpu: "100m" } }] },
  }),
  "kubernetes:core/v1:Service": object("v1", "Service", {
    spec: { selector: { a: "b" }, ports: [{ name: "a2a", port: 9000, targetPort: "a2a", appProtocol: "http" }] },
  }),
  "kubernetes:apps/v1:Deployment": object("apps/v1", "Deployment", {
    spec: {
      selector: { matchLabels: { a: "b" } },
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
      template: { metadata: { labels: { a: "b" } }, spec: POD },
    },
  }),
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": object("networking.k8s.io/v1", "NetworkPolicy", {
    spec: NETWORK_POLICY,
  }),
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": object("autoscaling/v2", "HorizontalPodAutoscaler", {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "coordinator" },
      minReplicas: 2,
      maxReplicas: 20,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  }),
  "kubernetes:policy/v1:PodDisruptionBudget": object("policy/v1", "PodDisruptionBudget", {
    spec: { minAvailable: 1, selector: { matchLabels: { a: "b" } } },
  }),
  "kubernetes:helm.sh/v3:Release": {
    chart: "keycloak",
    compat: "true",
    repositoryOpts: { repo: "https://charts.example" },
    values: { replicas: 2, nested: { any: [true] } },
  },
};
