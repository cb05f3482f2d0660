import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { KIND, LABEL, TAG } from "../../../contracts/tags.ts";
import { agentsHaveTheirOwnIdentity } from "../../../policies/premise-2-agent-to-agent/agents-have-their-own-identity.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, gatewayOf, onCluster, planOf, roleFor, runtimeOf, served, TENANT } from "../programs.ts";

const AGENT = { tags: { [TAG.kind]: KIND.agent } };

function associate(serviceAccount: string, role: aws.iam.Role, opts: pulumi.CustomResourceOptions): void {
  const args = { clusterName: "agents", namespace: TENANT, serviceAccount, roleArn: role.arn };
  new aws.eks.PodIdentityAssociation(serviceAccount, args, opts);
}

/** Two agents; `shared` says what they have in common. */
function pair({ account = false, role = false }: { account?: boolean; role?: boolean }): void {
  const [cluster, opts] = [onCluster(), served()];
  const first = roleFor("first", opts);
  agentOf("coordinator", cluster, { serviceAccountName: "coordinator" });
  agentOf("support", cluster, { serviceAccountName: account ? "coordinator" : "support" });
  associate("coordinator", first, opts);
  if (!account) associate("support", role ? first : roleFor("second", opts), opts);
}

/** An agent that runs in another kind of object than a Deployment. */
function podsIn(kind: "DaemonSet" | "StatefulSet", name: string, account: string | undefined): void {
  const labels = { [LABEL.kind]: KIND.agent };
  const pod = { containers: [], ...(account !== undefined && { serviceAccountName: account }) };
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } };
  const metadata = { name, namespace: TENANT, labels };
  if (kind === "DaemonSet") new kubernetes.apps.v1.DaemonSet(name, { metadata, spec }, onCluster("others"));
  else new kubernetes.apps.v1.StatefulSet(name, { metadata, spec: { ...spec, serviceName: name } }, onCluster());
}

testRule(
  agentsHaveTheirOwnIdentity,
  {
    accepts: {
      "a service account and a role each": () => pair({}),
      "a runtime with its own role": () => void runtimeOf("coordinator", served(), AGENT),
    },
    rejects: {
      "a shared service account": [
        () => pair({ account: true }),
        '"coordinator" must not share its service account.',
        '"support" must not share its service account.',
      ],
      "a shared role": [
        () => pair({ role: true }),
        '"coordinator" must not share its role.',
        '"support" must not share its role.',
      ],
      "an agent without a service account": [
        () => void agentOf("coordinator", onCluster()),
        '"coordinator" must run under a service account of its own.',
        '"coordinator" must have a role, by a pod identity association.',
      ],
      "an agent under the namespace's default account": [
        () => void agentOf("coordinator", onCluster(), { serviceAccountName: "default" }),
        '"coordinator" must run under a service account of its own.',
        '"coordinator" must have a role, by a pod identity association.',
      ],
      "an agent with the role of a gateway": [
        () => {
          const opts = served();
          const gateway = roleFor("gateway", opts);
          gatewayOf("mcp", opts, { roleArn: gateway.arn });
          agentOf("coordinator", onCluster(), { serviceAccountName: "coordinator" });
          associate("coordinator", gateway, opts);
        },
        '"coordinator" must not share its role.',
      ],
      "an agent with the role of a function": [
        () => {
          const opts = served();
          const shared = roleFor("setup", opts);
          new aws.lambda.Function("setup", { role: shared.arn, runtime: "nodejs24.x", handler: "index.handler" }, opts);
          agentOf("coordinator", onCluster(), { serviceAccountName: "coordinator" });
          associate("coordinator", shared, opts);
        },
        '"coordinator" must not share its role.',
      ],
      "an agent in every node, under the account of another": [
        () => {
          const [cluster, opts] = [onCluster(), served()];
          agentOf("coordinator", cluster, { serviceAccountName: "coordinator" });
          associate("coordinator", roleFor("first", opts), opts);
          podsIn("DaemonSet", "watcher", "coordinator");
        },
        '"watcher" must not share its service account.',
        '"coordinator" must not share its service account.',
      ],
      "a stateful agent without an account": [
        () => podsIn("StatefulSet", "memory", undefined),
        '"memory" must run under a service account of its own.',
        '"memory" must have a role, by a pod identity association.',
      ],
      "a job of an agent without an account": [
        planOf({
          type: "kubernetes:batch/v1:CronJob",
          name: "nightly",
          inputs: { metadata: { namespace: TENANT }, spec: { jobTemplate: { spec: { template: { spec: {} } } } } },
        }),
        '"nightly" must run under a service account of its own.',
        '"nightly" must have a role, by a pod identity association.',
      ],
      "a runtime with the role of another": [
        () => {
          const opts = served();
          const { arn } = roleFor("shared", opts);
          runtimeOf("coordinator", opts, { ...AGENT, roleArn: arn });
          runtimeOf("database", opts, { roleArn: arn });
        },
        '"coordinator" must not share its role.',
      ],
    },
  },
  { preview: "realistic" },
);
