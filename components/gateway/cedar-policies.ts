import { type Scope, SCOPES } from "../../contracts/scopes.ts";
/** A tool as a gateway names it, `<target>___<tool>`, and the scope that a caller must hold to call it. */
export interface ToolGrant {
  readonly name: string;
  readonly scope: Scope;
}

/** Who may call what through a gateway. */
export interface CedarPolicyArgs {
  /** The only tenant whose callers are permitted anything. */
  readonly tenant: string;
  readonly tools: readonly ToolGrant[];
  /** The resource server before a scope in Cognito's tokens (`b2b/mcp.read`); absent where tokens say `mcp:read`. */
  readonly scopePrefix?: string;
}

/** A policy by its name in a policy engine; how many there are does not depend on the gateway, which may not exist yet. */
export interface CedarPolicy {
  readonly name: string;
  readonly statement: (gatewayArn: string) => string;
}

/** Most bytes of a statement (quota of AgentCore's policy engine), and what of them an ARN may take. */
const STATEMENT_BYTES = 10_000;
const ARN_BYTES = 300;

/**
 * The statements of one gateway: what each scope permits, and a forbid for everybody who is not of the tenant, which no
 * later permit can outvote. Everything else is denied by default. Throws `TypeError` for what Cedar text cannot hold.
 */
export function cedarPolicies({ tenant, tools, scopePrefix }: CedarPolicyArgs): readonly CedarPolicy[] {
  const isOfTenant = hasTag("tenant_id", (tag) => `${tag} == ${quoted(tenant)}`);
  const permits = SCOPES.flatMap((scope) => {
    const condition = `${isOfTenant} && ${hasTag("scope", (tag) => containsWord(tag, tokenScope(scope, scopePrefix)))}`;
    const actions = actionsOf(tools, scope);
    return chunks(actions, STATEMENT_BYTES - ARN_BYTES - permit("", [], condition).length).map((some, index) => ({
      name: `${scope.replace(":", "_")}_${index + 1}`,
      statement: (gatewayArn: string) => permit(gatewayArn, some, condition),
    }));
  });
  const onlyTenant = {
    name: "only_tenant",
    statement: (gatewayArn: string) => `${head("forbid", "action", gatewayArn)} unless { ${isOfTenant} };`,
  };
  return [onlyTenant, ...permits];
}

function permit(gatewayArn: string, actions: readonly string[], condition: string): string {
  return `${head("permit", `action in [${actions.join(", ")}]`, gatewayArn)} when { ${condition} };`;
}

function head(effect: "permit" | "forbid", action: string, gatewayArn: string): string {
  if (gatewayArn.length > ARN_BYTES) throw new TypeError(`gateway ARN "${gatewayArn}" exceeds ${ARN_BYTES} characters`);
  return `${effect}(principal is AgentCore::OAuthUser, ${action}, resource == AgentCore::Gateway::${quoted(gatewayArn)})`;
}

function hasTag(name: string, test: (tag: string) => string): string {
  return `principal.hasTag("${name}") && ${test(`principal.getTag("${name}")`)}`;
}

/** A list of scopes is one string, its words apart by a space: `like "*mcp:read*"` would also find `xmcp:readonly`. */
function containsWord(tag: string, word: string): string {
  const likes = [`${word} *`, `* ${word}`, `* ${word} *`].map((pattern) => `${tag} like ${quoted(pattern)}`);
  return `(${[`${tag} == ${quoted(word)}`, ...likes].join(" || ")})`;
}

function tokenScope(scope: ToolGrant["scope"], prefix: string | undefined): string {
  const word = prefix === undefined ? scope : `${prefix}/${scope.replace(":", ".")}`;
  if (/[\s*]/.test(word)) throw new TypeError(`scope "${word}" must be one word, without an asterisk`);
  return word;
}

function actionsOf(tools: readonly ToolGrant[], scope: ToolGrant["scope"]): readonly string[] {
  const granted = new Map<string, ToolGrant["scope"]>();
  for (const tool of tools) {
    if ((granted.get(tool.name) ?? tool.scope) !== tool.scope)
      throw new TypeError(`tool "${tool.name}" is granted to two scopes`);
    granted.set(tool.name, tool.scope);
  }
  const names = [...granted].filter(([, it]) => it === scope).map(([name]) => name);
  return names.toSorted().map((name) => `AgentCore::Action::${quoted(name)}`);
}

/** As few lists as fit into `bytes` each, with the commas between their entries. */
function chunks(entries: readonly string[], bytes: number): readonly (readonly string[])[] {
  const all: string[][] = [];
  let left = 0;
  for (const entry of entries) {
    const needed = entry.length + 2;
    if (needed > bytes) throw new TypeError(`${entry} does not fit into a statement`);
    if (needed > left) {
      all.push([]);
      left = bytes;
    }
    all.at(-1)?.push(entry);
    left -= needed;
  }
  return all;
}

/** A string of Cedar; what would need an escape has no business in a name. */
function quoted(text: string): string {
  if (/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(text)) return `"${text}"`;
  throw new TypeError(`${JSON.stringify(text)} must be printable ASCII without quotes and backslashes`);
}
