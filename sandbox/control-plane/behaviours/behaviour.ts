import { createHash } from "node:crypto";
import type { Values } from "../wire.ts";

/** Where a resource is: an AWS account and region, a Kubernetes cluster, or a Keycloak server. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A resource as it is asked for, before it exists: what behaviours compute from. */
export interface Draft extends Place {
  readonly urn: string;
  /** The logical name that the program gave. */
  readonly name: string;
  readonly type: string;
  readonly inputs: Values;
  /** Counts, from 0, the resources of one URN that exist at the same time: a replacement is created before its predecessor is deleted. */
  readonly generation: number;
}

/** How resources of a type are named and refer to each other; every part has a default. */
export interface Naming {
  /** True for what exists once per account rather than once per region. */
  readonly global?: true;
  /** The input that is its physical name; where it is absent the name is `<logical name>-<7 hex digits>`. */
  readonly autoname?: string;
  /** What stands before the digits of such a name, where the service allows no hyphen; hyphens of the logical name become it too. */
  readonly separator?: "_";
  /** Inputs whose value no other resource of the type may have in the same account and region; `a+b` stands for both together. */
  readonly unique?: readonly string[];
  /** The output that is its ARN; `arn` where it is not given. */
  readonly arnOutput?: string;
  /** True for what answers with the ARN of the resource that it is a part of. */
  readonly sharesArn?: true;
  /** Inputs that name another resource by id or unique name: input → type of the other. */
  readonly references?: Readonly<Record<string, string>>;
  /** Inputs that name what may be deleted before this: it must be there when it is named, and nobody looks afterwards. */
  readonly outlives?: readonly string[];
}

/** How the sandbox cloud behaves for one resource type, where the type's schema does not say it. */
export interface Behaviour extends Naming {
  /** The physical id; a function of the draft alone, so that plan, preview and creation agree. */
  readonly id: (draft: Draft) => string;
  /** What the cloud answers beyond the inputs. */
  readonly outputs?: (draft: Draft & { readonly id: string }) => Values;
  /** Inputs that the cloud fills in when they are absent. */
  readonly defaults?: (draft: Draft) => Values;
  /** Inputs whose change replaces the resource, beyond those that the resource catalogue knows. */
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

/** The ARN of something in the draft's own account and region; the ARNs of global services name no region. */
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
