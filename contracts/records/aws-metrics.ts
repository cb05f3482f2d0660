const OF_QUEUES = [["QueueName"]] as const;
const OF_CLIENTS = [["UserPool", "UserPoolClient"]] as const;
const OF_CLUSTERS = [["ClusterName"]] as const;
const OF_PODS = [["ClusterName"], ["ClusterName", "Namespace"], ["ClusterName", "Namespace", "PodName"]] as const;
const OF_DATABASES = [["DBClusterIdentifier"]] as const;
const OF_BALANCERS = [["LoadBalancer"], ["LoadBalancer", "TargetGroup"]] as const;

/**
 * Metrics of AWS that dashboards show and alarms watch, by namespace, each with the sets of its dimensions (Amazon Cognito developer guide,
 * "Metrics in CloudWatch and Service Quotas"; Amazon CloudWatch user guide, "Amazon EKS and Kubernetes Container Insights metrics"; Elastic
 * Load Balancing, "CloudWatch metrics for your Application Load Balancer"; Amazon Aurora user guide, "Amazon CloudWatch metrics for Amazon
 * Aurora"; Amazon SQS, "Available CloudWatch metrics").
 */
export const AWS_METRICS = {
  "AWS/Cognito": {
    /** Of each attempt to sign in whether it was one, so that its average is the rate and its count the attempts. */
    SignInSuccesses: OF_CLIENTS,
    SignInThrottles: OF_CLIENTS,
    TokenRefreshSuccesses: OF_CLIENTS,
  },
  ContainerInsights: {
    cluster_failed_node_count: OF_CLUSTERS,
    cluster_node_count: OF_CLUSTERS,
    node_cpu_utilization: OF_CLUSTERS,
    node_memory_utilization: OF_CLUSTERS,
    pod_cpu_utilization: OF_PODS,
    pod_memory_utilization: OF_PODS,
    pod_network_rx_bytes: OF_PODS,
    pod_network_tx_bytes: OF_PODS,
  },
  "AWS/RDS": {
    /** Percent of the greatest capacity that the cluster may have. */
    ACUUtilization: OF_DATABASES,
    /** Milliseconds, on average, until a transaction is committed. */
    CommitLatency: OF_DATABASES,
    DatabaseConnections: OF_DATABASES,
  },
  "AWS/SQS": {
    ApproximateAgeOfOldestMessage: OF_QUEUES,
    ApproximateNumberOfMessagesVisible: OF_QUEUES,
  },
  "AWS/ApplicationELB": {
    HTTPCode_Target_5XX_Count: OF_BALANCERS,
    HealthyHostCount: [["LoadBalancer", "TargetGroup"]],
    RequestCount: OF_BALANCERS,
    TargetResponseTime: OF_BALANCERS,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>;
