import { document, type Planted, STACKS, type Values } from "../environment.ts";

const { development, environment, region, xyz } = STACKS;

/** A list of actions without one of them; a statement that is left with none is dropped. */
function without(all: Values[], ...actions: readonly string[]): Values[] {
  return all
    .map((one) => ({ ...one, Action: [one["Action"]].flat().filter((it: string) => !actions.includes(it)) }))
    .filter((one) => one.Action.length > 0);
}

/** Grants without which something can no longer be called, read or written. */
export const grantCuts: readonly Planted[] = [
  {
    name: "files cannot be written",
    story: "kms:GenerateDataKey was removed from the files server.",
    change: (it) =>
      it.statements([xyz, "RolePolicy", "mcp-files-v1-calls-1"], "policy", (all) =>
        without(all, "kms:GenerateDataKey"),
      ),
  },
  {
    name: "files cannot be listed",
    story: "s3:ListBucket was removed from the files server.",
    change: (it) =>
      it.statements([xyz, "RolePolicy", "mcp-files-v1-calls-1"], "policy", (all) => without(all, "s3:ListBucket")),
  },
  {
    name: "files are in another prefix",
    story: "The grant names uploads/, the server writes to files/.",
    change: (it) => it.replaceText([xyz, "RolePolicy", "mcp-files-v1-calls-1"], "/files/*", "/uploads/*"),
  },
  {
    name: "the server cannot sign in at its database",
    story: "rds-db:connect is missing.",
    change: (it) => it.remove(xyz, "RolePolicy", "mcp-database-v3-calls-2"),
  },
  {
    name: "the server signs in as another user",
    story: "The grant names the user app, the server signs in as mcp_database.",
    change: (it) => it.replaceText([xyz, "RolePolicy", "mcp-database-v3-calls-2"], "/mcp_database", "/app"),
  },
  {
    name: "the server cannot read its keys",
    story: "secretsmanager:GetSecretValue names the secret of an earlier deployment.",
    change: (it) => it.replaceText([xyz, "RolePolicy", "mcp-database-v3-calls-1"], "bdc68b2-4y8er0", "0000000-000000"),
  },
  {
    name: "a boundary without models",
    story: "bedrock:InvokeModel was removed from the permissions boundary; every grant of it is void.",
    change: (it) =>
      it.statements([environment, "Policy", "boundary"], "policy", (all) => without(all, "bedrock:InvokeModel")),
  },
  {
    name: "a boundary without decryption",
    story: "kms:Decrypt was removed from the permissions boundary.",
    change: (it) => it.statements([environment, "Policy", "boundary"], "policy", (all) => without(all, "kms:Decrypt")),
  },
  {
    name: "a boundary without databases",
    story: "rds-db:connect was removed from the permissions boundary.",
    change: (it) =>
      it.statements([environment, "Policy", "boundary"], "policy", (all) => without(all, "rds-db:connect")),
  },
  {
    name: "an agent cannot ask for its token",
    story: "lambda:InvokeFunction on the token function is missing.",
    change: (it) => it.remove(xyz, "RolePolicy", "agent-coordinator-asks"),
  },
  {
    name: "a token function cannot read its secret",
    story: "The grant on the client secret is missing.",
    change: (it) => it.remove(xyz, "RolePolicy", "agent-coordinator-token-secret"),
  },
  {
    name: "a token function cannot decrypt",
    story: "kms:Decrypt on the tenant's key is missing.",
    change: (it) => it.remove(xyz, "RolePolicy", "agent-coordinator-token-key"),
  },
  {
    name: "an agent cannot call its model",
    story: "The grant on the inference profile names Nova, the agent calls Claude.",
    change: (it) =>
      it.replaceText(
        [xyz, "RolePolicy", "agent-coordinator"],
        "inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "inference-profile/eu.amazon.nova-pro-v1:0",
      ),
  },
  {
    name: "an agent may use the profile and not the model",
    story: "The statement on the foundation model behind the profile was removed.",
    change: (it) => it.statements([xyz, "RolePolicy", "agent-coordinator"], "policy", (all) => all.slice(0, 1)),
  },
  {
    name: "a denial that denies too much",
    story: "A deny of kms:* outside the region was written without its condition.",
    change: (it) =>
      it.add(xyz, "aws:iam/rolePolicy:RolePolicy", "files-deny", {
        role: it.output(xyz, "Role", "mcp-files-v1", "name"),
        policy: document([{ Effect: "Deny", Action: "kms:*", Resource: "*" }]),
      }),
  },
  {
    name: "a gateway cannot call its interceptor",
    story: "lambda:InvokeFunction is missing.",
    reaches: ["interceptor-b2b"],
    change: (it) => it.remove(xyz, "RolePolicy", "gateway-b2b-interceptor"),
  },
  {
    name: "a gateway cannot call a server",
    story: "InvokeAgentRuntime on the files server is missing.",
    change: (it) => it.remove(xyz, "RolePolicy", "b2b-files"),
  },
  {
    name: "a gateway may call the runtime and not its endpoint",
    story: "The endpoint's ARN was dropped as a duplicate.",
    change: (it) =>
      it.statements([xyz, "RolePolicy", "b2b-files"], "policy", (all) =>
        all.map((one) => ({ ...one, Resource: one["Resource"][0] })),
      ),
  },
  {
    name: "a gateway cannot ask its policies",
    story: "AuthorizeAction is missing, so each call is refused.",
    change: (it) => it.remove(xyz, "RolePolicy", "gateway-b2b-policies"),
  },
  {
    name: "a gateway's role trusts another service",
    story: "bedrock.amazonaws.com instead of bedrock-agentcore.amazonaws.com.",
    change: (it) =>
      it.replaceText([xyz, "Role", "gateway-b2b"], "bedrock-agentcore.amazonaws.com", "bedrock.amazonaws.com"),
  },
  {
    name: "a role trusts another runtime's name",
    story: "The runtime was renamed and the source in its role's trust was not.",
    change: (it) => it.replaceText([xyz, "Role", "mcp-database-v3"], "xyz_gmbh_mcp_database_v3-*", "xyz_gmbh_db_v3-*"),
  },
  {
    name: "pods cannot be tagged",
    story: "sts:TagSession is missing in the trust, without which EKS Pod Identity gives no credentials.",
    change: (it) =>
      it.statements([xyz, "Role", "agent-coordinator"], "assumeRolePolicy", (all) => without(all, "sts:TagSession")),
  },
  {
    name: "a pod's role trusts another service account",
    story: "The service account was renamed everywhere but in the trust.",
    change: (it) =>
      it.statements([xyz, "Role", "agent-coordinator"], "assumeRolePolicy", (all) => {
        all[0]!["Condition"].StringEquals["aws:RequestTag/kubernetes-service-account"] = "orchestrator";
        return all;
      }),
  },
  {
    name: "Cognito cannot call its trigger",
    story: "The permission was removed; each token request fails.",
    reaches: ["pool"],
    change: (it) => it.remove(xyz, "Permission", "pool"),
  },
  {
    name: "logs cannot be encrypted",
    story: "The tenant's key no longer lets CloudWatch Logs use it.",
    reaches: ["logs"],
    change: (it) =>
      it.statements([xyz, "Key", "key"], "policy", (all) => all.filter((one) => one["Sid"] !== "LogGroups")),
  },
  {
    name: "alarms cannot reach the topic",
    story: "The region's key no longer lets CloudWatch use it, so alarms to the encrypted topic are dropped.",
    reaches: ["alerts"],
    change: (it) =>
      it.statements([region, "Key", "key"], "policy", (all) => all.filter((one) => one["Sid"] !== "AlarmsToTopics")),
  },
  {
    name: "a key that IAM cannot give",
    story: "The statement for the account was removed, so no grant of any role on the key works.",
    change: (it) =>
      it.statements([xyz, "Key", "key"], "policy", (all) => all.filter((one) => one["Sid"] !== "AccountDecides")),
  },
  {
    name: "a server cannot fetch its image",
    story: "ecr:BatchGetImage names a repository of another name.",
    change: (it) =>
      it.replaceText([xyz, "RolePolicy", "mcp-files-v1"], "repository/alicerce/mcp-files", "repository/mcp-files"),
  },
  {
    name: "a server that denies its own gateway",
    story: "The list of callers in the denial holds a role of an earlier deployment.",
    change: (it) =>
      it.statements([xyz, "AgentcoreResourcePolicy", "mcp-files-v1-runtime"], "policy", (all) => {
        all[1]!["Condition"].ArnNotEquals["aws:PrincipalArn"] = [
          "arn:aws:iam::111122223333:role/alicerce/gateway-b2b-0000000",
        ];
        return all;
      }),
  },
  {
    name: "a signer without its key",
    story: "kms:Sign of the interceptor is missing; no context token can be certified.",
    change: (it) => it.remove(xyz, "RolePolicy", "interceptor-b2b-context"),
  },
  {
    name: "an interceptor without its table",
    story: "The grant on the tenant's table is missing.",
    change: (it) => it.remove(xyz, "RolePolicy", "interceptor-b2b-table"),
  },
  {
    name: "flow logs that nobody writes",
    story: "The role of the flow logs trusts another service.",
    change: (it) => it.replaceText([region, "Role", "flow-logs"], "vpc-flow-logs.amazonaws.com", "ec2.amazonaws.com"),
  },
  {
    name: "a developer's server that cannot read logs",
    story: "logs:FilterLogEvents is missing.",
    change: (it) =>
      it.statements([xyz, "RolePolicy", "mcp-development-v1-reads"], "policy", (all) =>
        without(all, "logs:FilterLogEvents"),
      ),
  },
  {
    name: "an API server without credentials",
    story: "The grant names the secrets of another prefix.",
    change: (it) => it.remove(xyz, "RolePolicy", "mcp-api-integration-v2-calls-1"),
  },
  {
    name: "an agent on Runtime that the coordinator cannot call",
    story: "The coordinator's role was left out of the specialist's policy.",
    environment: "development",
    change: (it) =>
      it.statements([development, "AgentcoreResourcePolicy", "agent-customer-support-runtime"], "policy", (all) => {
        const coordinator = it.arn(development, "Role", "agent-coordinator");
        const others = (of: string[]) => of.filter((one) => one !== coordinator);
        all[0]!["Principal"].AWS = others(all[0]!["Principal"].AWS);
        all[1]!["Condition"].ArnNotEquals["aws:PrincipalArn"] = others(
          all[1]!["Condition"].ArnNotEquals["aws:PrincipalArn"],
        );
        return all;
      }),
  },
];
