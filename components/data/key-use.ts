import type { DataKey } from "../encryption/data-key.ts";
import type { Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";

/** Lets a role use a key through one AWS service, and in no other way; `actions` as in IAM, for example `kms:Decrypt`. */
export function keyUse(key: DataKey, { region }: Place, service: string, actions: readonly string[]): Statement {
  return {
    Effect: "Allow",
    Action: actions,
    Resource: key.arn,
    Condition: { StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` } },
  };
}
