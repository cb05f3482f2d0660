import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import { namespacesHaveALog } from "../../../../policies/premise-7-observability/containers/namespaces-have-a-log.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { onCluster, served, TENANT } from "../../programs.ts";

const GROUP = `/aws/containerinsights/alicerce/namespaces/${TENANT}`;

function namespace(name?: string, hasKey = true): void {
  new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT } }, onCluster());
  if (name === undefined) return;
  const opts = served();
  const kmsKeyId = new aws.kms.Key("key", {}, opts).arn;
  new aws.cloudwatch.LogGroup("pods", hasKey ? { name, kmsKeyId } : { name }, opts);
}

const message = '"tenant" must have a log group of its pods, with a key.';

testRule(
  namespacesHaveALog,
  {
    accepts: { "a namespace with a group under a key": () => namespace(GROUP) },
    rejects: {
      "a namespace whose logs go nowhere": [() => namespace(), message],
      "a group without a key": [() => namespace(GROUP, false), message],
      "the group of another namespace": [() => namespace(`${GROUP}-2`), message],
      "the group of all": [() => namespace("/aws/containerinsights/alicerce/application"), message],
    },
  },
  { preview: "realistic" },
);
