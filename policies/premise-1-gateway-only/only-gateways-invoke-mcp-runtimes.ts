import { parseArn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { isOwnAccount } from "../facts/grants/account.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { grantors, isOfGateway } from "../facts/grants/identities.ts";
import { isPattern, overlap } from "../facts/grants/language/patterns.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { some } from "../engine/three-values.ts";
import { isMcpRuntime } from "../facts/workloads.ts";

/** Every way to invoke: also for a user, by a command, over a WebSocket, and what AWS adds under this name. */
const INVOCATIONS = "bedrock-agentcore:InvokeAgentRuntime*";
const RUNTIMES = "arn:*:bedrock-agentcore:*:*:runtime/*";

export const onlyGatewaysInvokeMcpRuntimes = rule({
  premise: 1,
  id: "only-gateways-invoke-mcp-runtimes",
  severity: "critical",
  description:
    "Nobody but a gateway's role is granted the invocation of an MCP runtime, of its own tenant or of another.",
  remediation:
    "Call the gateway instead, or name only runtimes of the stack's own agents as the `Resource` of the grant.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: grantors,
  judge: (it, stack) => {
    if (isOfGateway(it, stack)) return undefined;
    const invoking = some(
      grantsOf(it),
      (statement) =>
        statement.touches(INVOCATIONS) &&
        (statement.notResources !== undefined || some(statement.resources, (resource) => mayBeMcp(resource, stack))),
    );
    return invoking
      ? `"${it.name}" must not grant the invocation of an MCP runtime: it is not a gateway's.`
      : undefined;
  },
});

const agentsByName = lookup([TYPE.runtime], (it) => (isMcpRuntime(it) ? undefined : it.text("agentRuntimeName")));

/**
 * Whether a pattern may match a runtime that is not one of the stack's own agents. ARNs of runtimes end in `runtime/<name>-<random>`
 * and names have no hyphen, so the text before the first hyphen is a name.
 */
function mayBeMcp(pattern: string, stack: StackIndex): boolean {
  if (!overlap(pattern, RUNTIMES)) return false;
  const arn = parseArn(pattern);
  const name = /^runtime\/(\w+)-/.exec(arn?.resource ?? "")?.[1];
  if (arn === undefined || name === undefined || isPattern(arn.service)) return true;
  return !isOwnAccount(arn.account, stack) || agentsByName(stack).find(name).length === 0;
}
