import { TYPE } from "../../facts/resource-types.ts";
import type { Link, Target } from "./link.ts";

const BALANCER = TYPE.loadBalancer;
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const RECORD = "aws:route53/record:Record";
const CERTIFICATE: Target = ["aws:acm/certificate:Certificate", "arn"];
const NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool";
const NODE_CLASS = "kubernetes:eks.amazonaws.com/v1:NodeClass";
const BINDING = "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding";
const SERVICE = "kubernetes:core/v1:Service";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const PRIORITY_CLASS = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const NAME = "metadata.name";
const CLUSTER: Target = [TYPE.cluster, "name"];
/** Where an alarm says what it is about: on one metric, or on several. */
const DIMENSIONS = ["dimensions", "metricQueries.metric.dimensions"];

const link = (type: string, path: string, ...targets: readonly Target[]): Link => ({ type, path, targets });

/** What is in a namespace, by type. */
const IN_NAMESPACES = [
  ACCOUNT,
  BINDING,
  SERVICE,
  TYPE.deployment,
  TYPE.networkPolicy,
  TYPE.statefulSet,
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:core/v1:LimitRange",
  "kubernetes:core/v1:ResourceQuota",
  "kubernetes:policy/v1:PodDisruptionBudget",
];

/** What load balancers, names and alarms, and what objects in clusters name. */
export const EDGE_AND_CLUSTER_LINKS: readonly Link[] = [
  link("aws:lb/listener:Listener", "loadBalancerArn", [BALANCER, "arn"]),
  link("aws:lb/listener:Listener", "certificateArn", CERTIFICATE),
  link("aws:lb/listener:Listener", "defaultActions.targetGroupArn", [TARGET_GROUP, "arn"]),
  link("aws:lb/listenerRule:ListenerRule", "listenerArn", ["aws:lb/listener:Listener", "arn"]),
  link("aws:lb/listenerRule:ListenerRule", "actions.targetGroupArn", [TARGET_GROUP, "arn"]),
  link("aws:wafv2/webAclAssociation:WebAclAssociation", "webAclArn", ["aws:wafv2/webAcl:WebAcl", "arn"]),
  link("aws:acm/certificateValidation:CertificateValidation", "certificateArn", CERTIFICATE),
  link(RECORD, "aliases.name", [BALANCER, "dnsName"]),
  link(RECORD, "zoneId", ["aws:route53/zone:Zone", "zoneId"], ["aws:route53/zone:Zone", "id"]),
  link(RECORD, "healthCheckId", ["aws:route53/healthCheck:HealthCheck", "id"]),
  link("aws:route53/healthCheck:HealthCheck", "cloudwatchAlarmName", [ALARM, "name"]),
  link("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "hostedZoneId", ["aws:route53/zone:Zone", "id"]),
  link("aws:route53/keySigningKey:KeySigningKey", "hostedZoneId", ["aws:route53/zone:Zone", "id"]),
  link(ALARM, "dimensions.TableName", [TYPE.table, "name"]),
  link(ALARM, "dimensions.DBClusterIdentifier", [TYPE.database, "clusterIdentifier"]),
  link(ALARM, "dimensions.SourceBucket", [TYPE.bucket, "bucket"]),
  link(ALARM, "dimensions.DestinationBucket", [TYPE.bucket, "bucket"]),
  ...DIMENSIONS.flatMap((at) => [
    link(ALARM, `${at}.ClusterName`, CLUSTER),
    link(ALARM, `${at}.LoadBalancer`, [BALANCER, "arnSuffix"]),
    link(ALARM, `${at}.TargetGroup`, [TARGET_GROUP, "arnSuffix"]),
    link(ALARM, `${at}.UserPool`, [TYPE.userPool, "id"]),
    link(ALARM, `${at}.UserPoolClient`, [TYPE.userPoolClient, "id"]),
  ]),
  link("aws:eks/accessEntry:AccessEntry", "clusterName", CLUSTER),
  link("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "clusterName", CLUSTER),
  // The role of a cluster may change only what bears its name (AmazonEKSLoadBalancingPolicy).
  link(TARGET_GROUP, "tags.eks:eks-cluster-name", CLUSTER),
  link(BINDING, "spec.targetGroupARN", [TARGET_GROUP, "arn"]),
  link(BINDING, "spec.serviceRef.name", [SERVICE, NAME]),
  // EKS Auto Mode makes the class `default` of each cluster.
  { ...link(NODE_POOL, "spec.template.spec.nodeClassRef.name", [NODE_CLASS, NAME]), given: ["default"] },
  link(
    NODE_CLASS,
    "spec.securityGroupSelectorTerms.id",
    [TYPE.securityGroup, "id"],
    [TYPE.cluster, "vpcConfig.clusterSecurityGroupId"],
  ),
  ...[TYPE.deployment, TYPE.statefulSet].flatMap((it) => [
    link(it, "spec.template.spec.serviceAccountName", [ACCOUNT, NAME]),
    link(it, "spec.template.spec.volumes.configMap.name", [CONFIG_MAP, NAME]),
    link(it, "spec.template.spec.priorityClassName", [PRIORITY_CLASS, NAME]),
  ]),
  ...IN_NAMESPACES.map((it) => link(it, "metadata.namespace", [TYPE.namespace, NAME])),
];
