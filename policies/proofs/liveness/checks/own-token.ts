import type { Placed, Platform } from "../../../engine/platform.ts";
import { roleOf } from "../../../facts/reach/host.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { roleChecks } from "./role-checks.ts";
import { readableSecret } from "./secret-checks.ts";
import { getsTokens, getsValue, variableOfFunction } from "./token-functions.ts";
import { cutUnless, type HopCheck } from "./walk.ts";

type OwnTokenHop = "outside" | "client" | "secret" | "secret-identity" | "secret-boundary" | "key-policy";

/** The checks that a function, where there is one, gets tokens of its client: from outside the VPC, with the secret that it may read. */
export function ownTokenChecks(
  platform: Platform,
  asked: Placed | undefined,
): { readonly [H in OwnTokenHop]: HopCheck } {
  const role = roleOf(platform, asked?.resource.text("role"));
  const secretArn = variableOfFunction(asked, "CLIENT_SECRET_ARN");
  const { secret, decrypts, keyPolicy } = readableSecret(platform, secretArn);
  const reads = (): readonly Call[] =>
    secretArn === undefined ? [] : [{ action: "secretsmanager:GetSecretValue", resource: secretArn }, ...decrypts()];
  const { identity, boundary } = roleChecks(platform, role, reads);
  const of = (holds: boolean, mend: string) =>
    asked && cutUnless(holds, asked, `"${asked.resource.name}" must ${mend}.`);
  return {
    outside: () => of(asked?.resource.has("vpcConfig") === false, "be in no VPC"),
    client: () =>
      of(asked !== undefined && getsTokens(platform, asked), "ask its pool's domain for a client's own token"),
    secret: () => of(secret !== undefined && getsValue(platform, secret), "name a secret that gets a value"),
    "secret-identity": identity,
    "secret-boundary": boundary,
    "key-policy": keyPolicy(role),
  };
}
