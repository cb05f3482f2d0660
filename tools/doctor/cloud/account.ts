import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../../environments/schema.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import type { Aws } from "./aws.ts";

const NEXT = "aws sso login, or set AWS_PROFILE; then `aws sts get-caller-identity` must answer";

/** Who the credentials are of (AWS STS, GetCallerIdentity), and whether that is the environment's account. */
export function lookAtAccount(aws: Aws, { name, account, regions }: Environment): Promise<readonly Finding[]> {
  return guarded("credentials", NEXT, async () => {
    const region = Object.keys(regions)[0] ?? "";
    const { Arn, Account } = await aws(STSClient, region).send(new GetCallerIdentityCommand({}));
    if (Arn === undefined || Account === undefined) throw new Error("AWS does not say whose credentials these are");
    const { ok, missing } = verdicts("account");
    const next = `use credentials of ${account}, or write ${Account} into environments/${name}.ts`;
    return [
      verdicts("credentials").ok(Arn),
      Account === account
        ? ok(`${account}, as environments/${name}.ts says`)
        : missing(`the credentials are of ${Account}, and ${name} is in ${account}`, next),
    ];
  });
}
