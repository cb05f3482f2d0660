import { createHash } from "node:crypto";
import type { Values } from "../wire.ts";

/** Where a resource is made: an AWS account and region, a Kubernetes cluster, or a Keycloak server. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A resource that is being made: what behaviours compute from. */
export interface Draft extends Place {
  readonly urn: string;
  /** The logical name that the program gave. */
  readonly name: string;
  readonly type: string;
  readonly inputs: Values;
  /** Counts what the same URN was made anew while its predecessor still stands. */
  readonly generation: number;
}

/** How the sandbox cloud behaves for one resource type, where its schema does not say it. */
export interface Behaviour {
  /** True for what exists once per account rather than once per region. */
  readonly global?: true;
  /** The input that names it physically; an absent one becomes `<logical name>-<7 hex digits>`. */
  readonly autoname?: string;
  /** Inputs whose value no other resource of the type may bear in the same account and region. */
  readonly unique?: readonly string[];
  /** The physical id; a function of the draft alone, so that plan, preview and creation agree. */
  readonly id: (draft: Draft) => string;
  /** The output that is its ARN; `arn` unless said otherwise. */
  readonly arnOutput?: string;
  /** What the cloud answers beyond the inputs. */
  readonly outputs?: (draft: Draft & { readonly id: string }) => Values;
  /** Inputs that the cloud fills in when absent. */
  readonly defaults?: (draft: Draft) => Values;
  /** Inputs that name another resource by id or unique name: path → type of the other. */
  readonly references?: Readonly<Record<string, string>>;
  /** Inputs whose change makes a new resource, beyond those that the catalogue knows. */
  readonly replaces?: readonly string[];
}

/** Behaviours by resource type. */
export type Behaviours = Readonly<Record<string, Behaviour>>;

const ALPHANUMERIC = "0123456789abcdefghijklmnopqrstuvwxyz";

/** `length` hex digits (at most 64) that depend on nothing but the draft's place, URN and generation. */
export function hex({ account, region, urn, generation }: Draft, length: number, salt = ""): string {
  return createHash("sha256")
    .update(`${account} ${region} ${urn} ${generation} ${salt}`)
    .digest("hex")
    .slice(0, length);
}

/** `length` of 0-9 and a-z (at most 32) that depend on nothing but the draft. */
export function alphanumeric(draft: Draft, length: number, salt = ""): string {
  const digits = hex(draft, 64, salt);
  return Array.from({ length }, (_, i) => ALPHANUMERIC[Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16) % 36]).join(
    "",
  );
}

/** A UUID that depends on nothing but the draft. */
export function uuid(draft: Draft, salt = ""): string {
  const it = hex(draft, 32, salt);
  return [it.slice(0, 8), it.slice(8, 12), it.slice(12, 16), it.slice(16, 20), it.slice(20)].join("-");
}

/** The ARN of something in the draft's own account and region; global services have no region in theirs. */
export function arn(service: string, { account, region }: Place, resource: string): string {
  return `arn:aws:${service}:${region === GLOBAL ? "" : region}:${account}:${resource}`;
}

/** An input that is a string, or "" when it is absent or not known yet. */
export function text({ inputs }: { readonly inputs: Values }, property: string): string {
  const value = inputs[property];
  return typeof value === "string" ? value : "";
}

/** The region of what exists once per account. */
export const GLOBAL = "global";
