import { LOG_KEY, namespaceLogGroup, nodeLogGroups } from "../../contracts/records/container-logs.ts";

/**
 * How Fluent Bit sends the log of each pod to the group of its namespace. A namespace without a group has no log: Fluent Bit makes none,
 * which would be without a key, and the logs of a tenant are never in a group of others (Fluent Bit, "Amazon CloudWatch").
 */
export function applicationLogs(cluster: string): string {
  const [application] = nodeLogGroups(cluster);
  return sections([
    ["INPUT", tail("flb_container", "/var/log/containers/*.log")],
    ["FILTER", KUBERNETES],
    [
      "OUTPUT",
      {
        Name: "cloudwatch_logs",
        Match: "application.*",
        region: "${AWS_REGION}",
        log_group_name: application ?? "",
        log_group_template: namespaceLogGroup(cluster, "$kubernetes['namespace_name']"),
        log_stream_prefix: "${HOST_NAME}-",
        auto_create_group: "false",
        extra_user_agent: "container-insights",
      },
    ],
  ]);
}

type Section = readonly [kind: string, entries: Readonly<Record<string, string>>];

/** Names of pods and containers, without their labels. */
const KUBERNETES = {
  Name: "kubernetes",
  Match: "application.*",
  Kube_URL: "https://kubernetes.default.svc:443",
  Kube_Tag_Prefix: "application.var.log.containers.",
  Merge_Log: "On",
  Merge_Log_Key: LOG_KEY,
  "K8S-Logging.Parser": "Off",
  "K8S-Logging.Exclude": "Off",
  Labels: "Off",
  Annotations: "Off",
  Use_Kubelet: "On",
  Kubelet_Port: "10250",
  Buffer_Size: "0",
};

function tail(database: string, path: string): Readonly<Record<string, string>> {
  return {
    Name: "tail",
    Tag: "application.*",
    Path: path,
    "multiline.parser": "docker, cri",
    DB: `/var/fluent-bit/state/${database}.db`,
    Mem_Buf_Limit: "50MB",
    Skip_Long_Lines: "On",
    Refresh_Interval: "10",
    Rotate_Wait: "30",
    "storage.type": "filesystem",
    Read_from_Head: "${READ_FROM_HEAD}",
  };
}

function sections(all: readonly Section[]): string {
  const lines = ([kind, entries]: Section): string[] => [
    `[${kind}]`,
    ...Object.entries(entries).map(([name, value]) => `  ${name} ${value}`),
  ];
  return `${all.map((it) => lines(it).join("\n")).join("\n\n")}\n`;
}
