import {
  bounded,
  CLUSTER,
  closed,
  ENDPOINT,
  granted,
  NAME_POLICY,
  ofAnotherAccount,
  POOL,
  told,
  withoutPrivateDns,
} from "./cut-edits.ts";
import { type Edit, set } from "./edits.ts";

const AUTO_MODE: Edit = { type: CLUSTER, name: /./, change: set(["computeConfig", "enabled"], false) };
const OTHER_NODES: Edit = {
  type: POOL,
  name: /./,
  change: set(["spec", "template", "spec", "nodeClassRef", "name"], "another"),
};

/** For each hop from a pod to its tenant's user pool, an edit that cuts it. */
export const PODS_REACH_THEIR_ISSUER: Readonly<Record<string, Edit>> = {
  pool: told("bff-b2b", "ISSUER", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_another"),
  domain: { type: "aws:cognito/userPoolDomain:UserPoolDomain", name: "pool" },
  public: {
    type: ENDPOINT,
    name: "endpoints-sts",
    change: (inputs) => {
      inputs["serviceName"] = String(inputs["serviceName"]).replace(/sts$/, "cognito-idp");
    },
  },
  names: closed("allow-dns"),
  send: { type: NAME_POLICY, name: "bff-b2c-hosts" },
  known: AUTO_MODE,
  group: OTHER_NODES,
  route: { type: "aws:ec2/route:Route", name: /-private$/ },
};

/** For each hop from the partners' BFF to the hosts of webhooks, an edit that cuts it. */
export const WEBHOOKS_REACH_THEIR_HOSTS: Readonly<Record<string, Edit>> = {
  names: closed("allow-dns"),
  send: {
    type: NAME_POLICY,
    name: "bff-b2b-hosts",
    change: set(["spec", "egress", "0", "to", "0", "domainNames"], ["cognito-idp.eu-west-1.amazonaws.com"]),
  },
  known: AUTO_MODE,
  group: OTHER_NODES,
  route: { type: "aws:ec2/route:Route", name: /-public$/ },
};

/** For each hop from a workload to what it is told of, an edit that cuts it. */
export const WORKLOADS_REACH_WHAT_THEY_ARE_TOLD: Readonly<Record<string, Edit>> = {
  understood: told("agent-coordinator", "OTEL_SERVICE_NAME", "https://collector.example.com"),
  declared: { type: "aws:sqs/queue:Queue", name: "bff-b2b-webhooks-wait" },
  address: told("bff-b2b", "AWS_ENDPOINT_URL_S3", "https://s3.eu-west-1.amazonaws.com"),
  messages: {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    name: "bff-b2b-webhooks-wait",
    change: (it) =>
      (it["policy"] = String(it["policy"]).replace(/role\/alicerce\/[^"]*bff-b2b-\w+/, "role/alicerce/other")),
  },
  send: closed("allow-private-endpoints"),
  endpoint: withoutPrivateDns("sqs"),
  "endpoint-policy": ofAnotherAccount("events"),
  identity: granted("bff-b2b-signs", "kms:Sign"),
  boundary: bounded("kms:Sign"),
};
