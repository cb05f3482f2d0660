import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { oncePer } from "../engine/once-per.ts";
import { statementsOf, type Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { some } from "../engine/three-values.ts";
import { isMcpRuntime } from "../facts/workloads.ts";

export const onlyGatewaysInvokeMcpRuntimes = rule({
  premise: 1,
  id: "only-gateways-invoke-mcp-runtimes",
  severity: "critical",
  description: "No role but a gateway's is granted the invocation of an MCP runtime.",
  remediation: "Call the gateway instead, or name only agents' runtimes as the `Resource` of the grant.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.rolePolicy] },
  judge: (policy, stack) => {
    if (isOfGateway(policy, stack)) return undefined;
    const invoking = some(
      statementsOf(policy, "policy"),
      (it) => invokes(it) && (it.isInverted || some(it.resources, (resource) => reaches(resource, stack))),
    );
    return invoking
      ? `"${policy.name}" must not grant the invocation of an MCP runtime: it is not a gateway's.`
      : undefined;
  },
});

const gatewayRoles = oncePer(
  (stack: StackIndex) =>
    new Set(
      stack
        .ofType(TYPE.gateway)
        .flatMap((it) => stack.linked(it, "roleArn"))
        .map(({ urn }) => urn),
    ),
);

const mcpRuntimesOf = oncePer((stack: StackIndex) => stack.ofType(TYPE.runtime).filter(isMcpRuntime));

const mcpRuntimesByName = lookup([TYPE.runtime], (it) => (isMcpRuntime(it) ? it.text("agentRuntimeName") : undefined));

function isOfGateway(policy: ResourceView, stack: StackIndex): boolean {
  return stack.linked(policy, "role").some(({ urn }) => gatewayRoles(stack).has(urn));
}

function invokes(statement: Statement): boolean {
  return statement.allows && statement.covers("bedrock-agentcore:InvokeAgentRuntime");
}

/** Whether a pattern matches an MCP runtime. Runtime ARNs end in `runtime/<name>-<random>` and names have no hyphen, so the text before the first hyphen is a name. */
function reaches(pattern: string, stack: StackIndex): boolean {
  const start = pattern.indexOf(":runtime/");
  if (start < 0) return /[*?]/.test(pattern) && mcpRuntimesOf(stack).length > 0;
  const [literal = ""] = pattern.slice(start + ":runtime/".length).split(/[*?]/, 1);
  const hyphen = literal.indexOf("-");
  if (hyphen >= 0) return mcpRuntimesByName(stack).find(literal.slice(0, hyphen)).length > 0;
  if (!/[*?]/.test(pattern.slice(start))) return false;
  return some(mcpRuntimesOf(stack), (it) => (it.text("agentRuntimeName") ?? "").startsWith(literal));
}
