/** Labels before the region in the hosts of services that are not named as their private endpoints are; `*` stands for any host below. */
const LABELS: Readonly<Record<string, string>> = {
  "bedrock-agentcore.gateway": "*.gateway.bedrock-agentcore",
  "ecr.api": "api.ecr",
  "ecr.dkr": "*.dkr.ecr",
  s3: "*.s3",
};

/** Services that are called without a private endpoint: how nodes join a cluster, and the user pools, which refuse it. */
export const WITHOUT_ENDPOINT = ["cognito-idp", "ec2", "eks"] as const;

/** The hosts of an AWS service in a region, by the last part of the name of its private endpoint (AWS General Reference, "Service endpoints"). */
export function serviceHost(service: string, region: string): string {
  if (service === "eks-auth") return `eks-auth.${region}.api.aws`;
  return `${LABELS[service] ?? service}.${region}.amazonaws.com`;
}

/** The hosts of the endpoints that a service with private endpoints has under names of their own (AWS PrivateLink). */
export function endpointHosts(service: string, region: string): string {
  return `*.${service}.${region}.vpce.amazonaws.com`;
}

/** The hosts of the API servers of the EKS clusters of a region, and of the databases of Amazon RDS. */
export function clusterHosts(region: string): readonly [kubernetes: string, databases: string] {
  return [`*.${region}.eks.amazonaws.com`, `*.${region}.rds.amazonaws.com`];
}

/** The names of instances in a VPC, below which nodes look for names of fewer parts (Amazon VPC, "DNS attributes for your VPC"). */
export function instanceHosts(region: string): string {
  return region === "us-east-1" ? "*.ec2.internal" : `*.${region}.compute.internal`;
}
