import type { Plan } from "../../../../plan/model.ts";
import { tenantsReachOnlyTheirOwn } from "../../../../policies/proofs/tenants-reach-only-their-own.ts";
import type { Described } from "../../programs.ts";
import { ACME, planIn, verdictOf, waysOf, XYZ } from "../platforms.ts";
import { ACCOUNT, bucket, role, store, table } from "./resources.ts";

/** What the proof finds in plans together. */
export function found(...plans: readonly Plan[]): readonly string[] {
  return waysOf(verdictOf(tenantsReachOnlyTheirOwn, ...plans));
}

/** The type of a key, and the ARN of the other tenant's. */
export const KEY = "aws:kms/key:Key";
export const keyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/mrk-1`;

/** The other tenant's stores. */
export const THEIRS: readonly Described[] = [
  bucket("theirs"),
  table("orders", "eu-west-1"),
  store(KEY, "their-key", keyArn, { keyId: "mrk-1" }),
];

/** What a tenant's stack declares, against the other tenant's stores. */
export function acme(...resources: readonly Described[]): readonly string[] {
  return found(planIn(ACME, role("runner"), ...resources), planIn(XYZ, ...THEIRS));
}

/** Data without outputs leaves it open what the new resource is called. */
export function named(all: readonly string[]): readonly string[] {
  return all.filter((it) => !it.includes("its ARN and its name"));
}
