import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { statementsOf } from "../../../facts/policy-document.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { allows, type Call, isFor, mayDeny } from "../../../facts/reach/permission.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { cutUnless, type HopCheck } from "./walk.ts";

/** A secret, the key that it is under, and what IAM must allow in order to read it. */
export interface ReadableSecret {
  readonly secret: Placed | undefined;
  /** The calls of its key, such as the one that decrypts it; none where the key is AWS's own. */
  readonly decrypts: () => readonly Call[];
  /** Whether its key lets a role make them. */
  readonly keyPolicy: (role: Placed | undefined) => HopCheck;
}

/** What reading the secret with an ARN takes, or also writing it; `uses` are what is done with its key. */
export function readableSecret(
  platform: Platform,
  arn: string | undefined,
  uses: readonly string[] = ["kms:Decrypt"],
): ReadableSecret {
  const secret = findBy(platform, TYPE.secret, "arn", arn);
  const key = findBy(platform, TYPE.key, "arn", secret?.resource.text("kmsKeyId"));
  const decrypts = (): readonly Call[] => {
    if (key === undefined) return [];
    const context = { "kms:viaservice": `secretsmanager.${secret?.resource.region ?? ""}.amazonaws.com` };
    return uses.map((action) => ({ action, resource: outputOf(key.resource, "arn"), context }));
  };
  const keyPolicy = (role: Placed | undefined): HopCheck => {
    return () => {
      if (role === undefined || key === undefined) return undefined;
      const mend = `"${key.resource.name}" must let the account's IAM policies decide who decrypts.`;
      const isLet = decrypts().every((call) => lets(key, outputOf(role.resource, "arn"), call));
      return cutUnless(isLet, key, mend);
    };
  };
  return { secret, decrypts, keyPolicy };
}

function lets(key: Placed, roleArn: string, call: Call): boolean {
  const statements = statementsOf(key.resource, "policy").filter((it) => isFor(it, roleArn));
  return allows(statements, call) && !mayDeny(statements, call);
}
