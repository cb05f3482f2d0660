import { isRecord } from "../../../contracts/json.ts";
import { type PlannedResource, UNKNOWN } from "../../../plan/model.ts";
import { oncePer } from "../../engine/once-per.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { UnknownValue } from "../../engine/three-values.ts";
import { TYPE } from "../resource-types.ts";
import { covers } from "./language/patterns.ts";

/** The outputs in which providers tell the ARN of what they create. */
const ARNS = /^(?:arn|(?:agentRuntime|agentRuntimeEndpoint|browser|codeInterpreter|gateway|memory|policyEngine)Arn)$/;

/** What a stack declares, as ARNs and as patterns of ARNs that AWS makes of its names. */
interface Own {
  readonly arns: Set<string>;
  readonly patterns: string[];
  unknown: UnknownValue | undefined;
}

/**
 * Whether all that a pattern of ARNs matches is declared by the stack, or is below what it declares: an object of a bucket, a version
 * of a function. Throws `UnknownValue` where nothing known matches and the ARN of some resource is not known.
 */
export function isOwn(pattern: string, stack: StackIndex): boolean {
  const { arns, patterns, unknown } = ownIn(stack);
  if (isAtOrBelow(pattern, arns) || patterns.some((it) => covers(it, pattern))) return true;
  if (unknown !== undefined) throw unknown;
  return false;
}

const ownIn = oncePer((stack: StackIndex): Own => {
  const own: Own = { arns: new Set(), patterns: [], unknown: undefined };
  for (const it of stack.resources) {
    if (!it.type.startsWith("aws:") || !it.resource.custom) continue;
    addArns(it, own);
    own.patterns.push(...patternsOf(it, stack));
  }
  return own;
});

function isAtOrBelow(pattern: string, arns: ReadonlySet<string>): boolean {
  for (
    let end = pattern.length;
    end > 0;
    end = Math.max(pattern.lastIndexOf("/", end - 1), pattern.lastIndexOf(":", end - 1))
  ) {
    if (arns.has(pattern.slice(0, end))) return true;
  }
  return false;
}

function addArns({ name, resource }: ResourceView, own: Own): void {
  if (resource.outputs === undefined) own.unknown ??= new UnknownValue(`ARN of "${name}"`);
  for (const value of computedArns(resource)) {
    if (value === UNKNOWN) own.unknown ??= new UnknownValue(`ARN of "${name}"`);
    else if (typeof value === "string") own.arns.add(value);
  }
}

/** The ARNs among a resource's outputs; what is an input may be the ARN of something else. */
function computedArns({ inputs, outputs = {}, type }: PlannedResource): readonly unknown[] {
  const isComputed = (key: string): boolean => ARNS.test(key) && (inputs === outputs || inputs[key] === undefined);
  const arns = Object.keys(outputs)
    .filter(isComputed)
    .map((key) => outputs[key]);
  return type === TYPE.database ? [...arns, ...secretsOf(outputs["masterUserSecrets"])] : arns;
}

/** The ARNs of the secrets that Amazon RDS creates for a database's administrator. */
function secretsOf(value: unknown): readonly unknown[] {
  if (value === UNKNOWN) return [UNKNOWN];
  return Array.isArray(value) ? value.map((it: unknown) => (isRecord(it) ? it["secretArn"] : it)) : [];
}

/** Patterns of what AWS names itself after a resource's name: a random text at its end, its log group, a database's users. */
function patternsOf(it: ResourceView, { address }: StackIndex): readonly string[] {
  const region = address.layer === "environment" ? "" : address.region;
  const arn = (service: string, rest: string): string =>
    `arn:aws:${service}:${region}:${address.environment.account}:${rest}`;
  const of = (input: string, patterns: (value: string) => readonly string[]): readonly string[] => {
    const value = it.resource.inputs[input] ?? it.resource.outputs?.[input];
    return typeof value === "string" ? patterns(value) : [];
  };
  switch (it.type) {
    case TYPE.runtime:
      return of("agentRuntimeName", (name) => [
        arn("bedrock-agentcore", `runtime/${name}-*`),
        arn("logs", `log-group:/aws/bedrock-agentcore/runtimes/${name}-*`),
      ]);
    case TYPE.gateway:
      return of("name", (name) => [arn("bedrock-agentcore", `gateway/${name}-??????????`)]);
    case TYPE.secret:
      return of("name", (name) => [arn("secretsmanager", `secret:${name}-??????`)]);
    case TYPE.database:
      return of("clusterResourceId", (id) => [arn("rds-db", `dbuser:${id}/*`)]);
    case TYPE.function:
      return of("name", (name) => [arn("logs", `log-group:/aws/lambda/${name}:*`)]);
    default:
      return [];
  }
}
