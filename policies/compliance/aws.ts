import { covered, type Framework, uncovered } from "./framework.ts";

const WELL_ARCHITECTED: Framework = {
  name: "AWS Well-Architected",
  version: "security pillar",
  scope: "the questions of the security pillar",
  controls: [
    uncovered("SEC 1", "operation of the workload", "organisation"),
    covered("SEC 2", "identities", "p2-agents-have-their-own-identity", "p4-realms-enforce-pkce"),
    covered(
      "SEC 3",
      "permissions",
      "p8-grants-name-exact-actions",
      "p8-roles-stay-inside-the-boundary",
      "p8-no-managed-policies",
      "p5-resource-policies-admit-no-strangers",
    ),
    covered("SEC 4", "detection", "p7-gateways-raise-alarms", "p7-clusters-keep-audit-logs", "p7-vpcs-record-flows"),
    covered(
      "SEC 5",
      "network",
      "p3-private-services-have-endpoints",
      "p3-security-groups-admit-no-internet",
      "p5-namespaces-deny-by-default",
    ),
    covered("SEC 6", "compute", "p5-namespaces-restrict-pods", "p6-images-are-pinned-by-digest"),
    uncovered("SEC 7", "classification of data", "organisation"),
    covered("SEC 8", "data at rest", "p5-tenant-data-uses-tenant-key", "p5-encryption-keys-rotate"),
    covered("SEC 9", "data in transit", "p3-data-travels-encrypted", "p3-nodes-encrypt-what-they-send"),
    uncovered("SEC 10", "incident response", "operation"),
    uncovered("SEC 11", "application security", "application"),
  ],
};

// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html
const SECURITY_HUB: Framework = {
  name: "AWS Security Hub CSPM",
  version: "2026",
  scope: "both controls on AgentCore, and those on other services whose demand a rule makes as well",
  controls: [
    covered("BedrockAgentCore.1", "runtimes are in VPC network mode", "p3-runtimes-run-in-the-vpc"),
    covered("BedrockAgentCore.2", "gateways let in callers with authorization", "p1-gateways-authenticate-callers"),
    covered("CloudWatch.15", "alarms have actions", "p7-gateways-raise-alarms"),
    covered("CloudWatch.16", "log groups are retained", "p7-log-groups-keep-logs"),
    covered("EC2.6", "flow logs of VPCs", "p7-vpcs-record-flows"),
    covered("EC2.15", "subnets assign no public addresses", "p3-subnets-hand-out-no-public-addresses"),
    covered("EKS.1", "cluster endpoints are not public", "p3-cluster-endpoint-is-private"),
    covered("EKS.8", "audit logs of clusters", "p7-clusters-keep-audit-logs"),
    covered("ELB.16", "application load balancers have a web ACL", "p3-load-balancers-are-guarded"),
    covered("IAM.21", "policies allow no wildcard actions", "p8-grants-name-exact-actions"),
    covered("KMS.4", "keys rotate", "p5-encryption-keys-rotate"),
    covered("RDS.2", "databases are not public", "p3-data-stores-are-private"),
    covered("RDS.10", "IAM authentication of databases", "p8-databases-know-no-passwords"),
    covered("S3.5", "buckets require TLS", "p3-data-travels-encrypted"),
  ],
};

// https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
const CONFIG: Framework = {
  name: "AWS Config managed rules",
  version: "2026",
  scope: "those on AgentCore",
  controls: [
    covered("bedrockagentcore-runtime-private-network-required", "runtimes are private", "p3-runtimes-run-in-the-vpc"),
    covered(
      "bedrockagentcore-gateway-authorizer-enabled",
      "gateways have an authorizer",
      "p1-gateways-authenticate-callers",
    ),
    covered(
      "bedrock-agentcore-memory-encryption-enabled",
      "memories are encrypted with a key of the customer",
      "p5-tenant-data-uses-tenant-key",
    ),
  ],
};

const PROWLER: Framework = {
  name: "Prowler",
  version: "5.46.0",
  scope: "its checks on AgentCore, and those on other services whose demand a rule makes as well",
  controls: [
    uncovered("cloudwatch_log_group_agentcore_data_protection_policy_enabled", "log groups mask data", "missing"),
    covered(
      "iam_policy_passrole_to_bedrock_agentcore_restricted",
      "roles passed to AgentCore are named",
      "p8-grants-name-exact-resources",
    ),
    covered(
      "iam_policy_no_agentcore_workload_access_token_wildcard",
      "tokens of workloads are of a named workload",
      "p8-grants-name-exact-resources",
    ),
    covered(
      "cloudwatch_log_group_retention_policy_specific_days_enabled",
      "log groups are kept",
      "p7-log-groups-keep-logs",
    ),
    covered("eks_cluster_not_publicly_accessible", "clusters are not public", "p3-cluster-endpoint-is-private"),
    covered("elbv2_waf_acl_attached", "load balancers have a web ACL", "p3-load-balancers-are-guarded"),
    covered("kms_cmk_rotation_enabled", "keys rotate", "p5-encryption-keys-rotate"),
    covered("rds_instance_no_public_access", "databases are not public", "p3-data-stores-are-private"),
    covered("s3_bucket_secure_transport_policy", "buckets require TLS", "p3-data-travels-encrypted"),
    covered("vpc_flow_logs_enabled", "flow logs of VPCs", "p7-vpcs-record-flows"),
    covered("vpc_subnet_no_public_ip_by_default", "no public addresses", "p3-subnets-hand-out-no-public-addresses"),
  ],
};

/** What AWS and others check after a deployment, by their own ids. */
export const AWS: readonly Framework[] = [WELL_ARCHITECTED, SECURITY_HUB, CONFIG, PROWLER];
