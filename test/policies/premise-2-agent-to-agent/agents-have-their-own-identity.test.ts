import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { KIND, TAG } from "../../../contracts/tags.ts";
import { agentsHaveTheirOwnIdentity } from "../../../policies/premise-2-agent-to-agent/agents-have-their-own-identity.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, roleFor, runtimeOf, served, TENANT } from "../programs.ts";

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
