import { isAuthorizedPartial, preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import type { CedarValueJson, DetailedError } from "@cedar-policy/cedar-wasm/nodejs";
import type { Caller } from "./authorizer.ts";
import { GatewayProblem } from "./gateway-problem.ts";

/** A statement by its name. */
export interface NamedStatement {
  readonly name: string;
  readonly statement: string;
}

let engines = 0;

/** The policies of one gateway, as AgentCore asks them: of tools alone, default deny, the claims of a token as tags. */
export class PolicyEngine {
  private readonly resource: { readonly type: string; readonly id: string };
  private readonly staticPolicies: { readonly [name: string]: string };
  private readonly setId = `policy engine ${engines++}`;
  private readonly readsArguments: boolean;

  /** Throws `TypeError` if a statement is no Cedar. */
  constructor(gatewayArn: string, statements: readonly NamedStatement[]) {
    this.resource = { type: "AgentCore::Gateway", id: gatewayArn };
    this.staticPolicies = Object.fromEntries(statements.map(({ name, statement }) => [name, statement]));
    this.readsArguments = statements.some(({ statement }) => /\bcontext\b/.test(statement));
    const parsed = preparsePolicySet(this.setId, { staticPolicies: this.staticPolicies });
    if (parsed.type === "failure") throw new TypeError(`the policies are not valid: ${textOf(parsed.errors)}`);
  }

  /** Throws `GatewayProblem` unless the caller may call the tool with these arguments. */
  requirePermit(caller: Caller, tool: string, args: unknown): void {
    const context = this.readsArguments ? { input: cedarValue(args ?? {}) } : {};
    const answer = statefulIsAuthorized({ ...this.question(caller, tool), context, preparsedPolicySetId: this.setId });
    // A question that Cedar cannot read is not answered with yes.
    if (answer.type === "failure") throw denied(textOf(answer.errors));
    const { decision, diagnostics } = answer.response;
    if (decision === "allow") return;
    const [first] = diagnostics.reason;
    throw denied(
      first === undefined
        ? "No policy applies to the request (denied by default)."
        : `Policy evaluation denied due to ${first}`,
    );
  }

  /** Whether there are arguments with which the caller may call the tool: only such a tool is listed. */
  mayBePermitted(caller: Caller, tool: string): boolean {
    const question = this.question(caller, tool);
    if (!this.readsArguments) {
      const answer = statefulIsAuthorized({ ...question, context: {}, preparsedPolicySetId: this.setId });
      return answer.type === "success" && answer.response.decision === "allow";
    }
    const context = { input: { __extn: { fn: "unknown", arg: "input" } } };
    const answer = isAuthorizedPartial({ ...question, context, policies: { staticPolicies: this.staticPolicies } });
    return answer.type === "residuals" && answer.response.decision !== "deny";
  }

  private question({ claims }: Caller, tool: string) {
    const principal = { type: "AgentCore::OAuthUser", id: claims.sub };
    const tags = Object.fromEntries(Object.entries(claims).filter(([, value]) => typeof value === "string")) as {
      [claim: string]: string;
    };
    return {
      principal,
      action: { type: "AgentCore::Action", id: tool },
      resource: this.resource,
      entities: [{ uid: principal, attrs: { id: claims.sub }, parents: [], tags }],
    };
  }
}

function denied(why: string): GatewayProblem {
  const message = `Tool Execution Denied: Tool call not allowed due to policy enforcement [${why}]`;
  return new GatewayProblem("ERR_POLICY_DENIED", why, { message });
}

function textOf(errors: readonly DetailedError[]): string {
  return errors.map(({ message }) => message).join("; ");
}

/** What Cedar's JSON means something by: an argument that could be taken for it is no argument. */
const ESCAPES = ["__entity", "__extn", "__expr"];

/** An argument as Cedar has it: fractions are decimals of four digits, and null is nothing. */
function cedarValue(value: unknown): CedarValueJson {
  if (typeof value === "number" && !Number.isSafeInteger(value))
    return { __extn: { fn: "decimal", arg: value.toFixed(4) } };
  if (Array.isArray(value)) return value.filter((it) => it !== null).map(cedarValue);
  if (typeof value !== "object" || value === null) return value as CedarValueJson;
  if (ESCAPES.some((it) => Object.hasOwn(value, it))) throw denied("The arguments cannot be evaluated.");
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, cedarValue(member)]));
}
