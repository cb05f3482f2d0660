import { CONTROL } from "../frameworks.ts";
import { perStack } from "../lookup.ts";
import { statementsOf, type Statement } from "../policy-document.ts";
import { TYPE } from "../resource-types.ts";
import type { ResourceView } from "../resource-view.ts";
import { rule } from "../rule.ts";
import type { StackIndex } from "../stack-index.ts";
import { some } from "../three-values.ts";
import { isMcpRuntime } from "../workloads.ts";

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
    const reaches = some(
      statementsOf(policy, "policy"),
      (it) => invokes(it) && some(mcpRuntimesOf(stack), reachedBy(it)),
    );
    return reaches
      ? `"${policy.name}" must not grant the invocation of an MCP runtime: it is not a gateway's.`
      : undefined;
  },
});

const gatewayRoles = perStack(
  (stack) =>
    new Set(
      stack
        .ofType(TYPE.gateway)
        .flatMap((it) => stack.linked(it, "roleArn"))
        .map(({ urn }) => urn),
    ),
);

const mcpRuntimesOf = perStack((stack) => stack.ofType(TYPE.runtime).filter(isMcpRuntime));

function isOfGateway(policy: ResourceView, stack: StackIndex): boolean {
  return stack.linked(policy, "role").some(({ urn }) => gatewayRoles(stack).has(urn));
}

function invokes(statement: Statement): boolean {
  return statement.allows && statement.covers("bedrock-agentcore:InvokeAgentRuntime");
}

/** Runtime ARNs end in `runtime/<name>-<random>`, so a pattern reaches a runtime when its text before any wildcard fits that. */
function reachedBy({ isInverted, resources }: Statement): (runtime: ResourceView) => boolean {
  return (runtime) => {
    const own = `runtime/${runtime.text("agentRuntimeName") ?? ""}-`;
    return isInverted || resources.some((pattern) => overlaps(pattern, own));
  };
}

function overlaps(pattern: string, own: string): boolean {
  const start = pattern.indexOf(":runtime/");
  if (start < 0) return /[*?]/.test(pattern);
  const [literal = ""] = pattern.slice(start + 1).split(/[*?]/, 1);
  return literal.startsWith(own) || (/[*?]/.test(pattern.slice(start)) && own.startsWith(literal));
}
