/** The pods of the EKS add-on `amazon-cloudwatch-observability`: its agents and its Fluent Bit have this service account. */
export const CLOUDWATCH_AGENT = {
  addOn: "amazon-cloudwatch-observability",
  namespace: "amazon-cloudwatch",
  serviceAccount: "cloudwatch-agent",
} as const;

/** Under which key a line of JSON stands that a pod wrote, in what is kept of it. */
export const LOG_KEY = "log_processed";

const OTLP_PORT = 4_318;

/** Where pods send OTLP over HTTP: the Service of the agent of the add-on; 4318 is the port of the OpenTelemetry protocol. */
export const OTLP = {
  port: OTLP_PORT,
  endpoint: `http://cloudwatch-agent.${CLOUDWATCH_AGENT.namespace}.svc.cluster.local:${OTLP_PORT}`,
} as const;

/** Where workloads on AgentCore Runtime send OTLP: X-Ray takes it from whoever may write segments (CloudWatch user guide, "OTLP endpoints"). */
export function spansEndpoint(region: string): string {
  return `https://xray.${region}.amazonaws.com`;
}

const groupsOf = (cluster: string): string => `/aws/containerinsights/${cluster}`;

/** Where the add-on writes what belongs to no namespace: performance figures, and logs of nodes. */
export function nodeLogGroups(cluster: string): readonly string[] {
  return ["application", "dataplane", "host", "performance"].map((it) => `${groupsOf(cluster)}/${it}`);
}

/** Where the logs of the pods of one namespace go. */
export function namespaceLogGroup(cluster: string, namespace: string): string {
  return `${groupsOf(cluster)}/namespaces/${namespace}`;
}
