import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { findBy } from "../../facts/reach/find.ts";
import { roleOf } from "../../facts/reach/host.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { CLIENT_STEPS, ROTATOR, SECRET_STEPS } from "../../facts/rotation.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { readableSecret } from "./checks/secret-checks.ts";
import { clientOfSecret, isCalledOnce, variableOfFunction } from "./checks/token-functions.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** A rotation that fails is told to nobody who waits for it: the secret just stays, or stays empty. */
export const rotationsReachTheirSecrets = proof({
  premise: 8,
  id: "rotations-reach-their-secrets",
  severity: "high",
  description:
    "Every rotation of a client's secret can do its four steps, at Secrets Manager, at the key and at the pool.",
  remediation:
    "Let Secrets Manager call the function, name the secret and its client to it, and grant its role the steps.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication],
  prove: (platform, record) => {
    for (const it of platform.ofType(TYPE.secretRotation))
      record.guarded(it, () => walk(record, "rotations-reach-their-secrets", it, checksOf(platform, it)));
  },
});

function checksOf(platform: Platform, rotation: Placed): HopChecks<"rotations-reach-their-secrets"> {
  const arn = rotation.resource.text("secretId");
  const rotates = findBy(platform, TYPE.function, "arn", rotation.resource.text("rotationLambdaArn"));
  const role = roleOf(platform, rotates?.resource.text("role"));
  const { decrypts, keyPolicy } = readableSecret(platform, arn, ["kms:Decrypt", "kms:GenerateDataKey"]);
  const client = findBy(platform, TYPE.userPoolClient, "id", clientOfSecret(rotates, arn));
  const of = (holds: boolean, mend: string) =>
    rotates && cutUnless(holds, rotates, `"${rotates.resource.name}" must ${mend}.`);
  return {
    function: () =>
      cutUnless(rotates !== undefined, rotation, `"${rotation.resource.name}" must name a function that is declared.`),
    invoke: () =>
      of(rotates !== undefined && admitsRotator(rotates, arn), "let Secrets Manager call it for the secret"),
    first: () => of(rotates !== undefined && isCalledOnce(rotates), "be called by the deployment"),
    client: () => {
      const pool = variableOfFunction(rotates, "USER_POOL_ID");
      return of(client?.resource.text("userPoolId") === pool && pool !== undefined, "know the client of the secret");
    },
    outside: () => of(rotates?.resource.has("vpcConfig") === false, "be in no VPC"),
    ...roleChecks(platform, role, () => [...secretCalls(arn), ...decrypts(), ...poolCalls(platform, client)]),
    "key-policy": keyPolicy(role),
  };
}

function admitsRotator({ resource, stack }: Placed, secretArn: string | undefined): boolean {
  const names = [resource.text("name"), outputOf(resource, "arn")];
  return stack
    .ofType(TYPE.lambdaPermission)
    .some(
      (it) =>
        names.includes(it.text("function")) &&
        it.text("principal") === ROTATOR &&
        it.text("action") === "lambda:InvokeFunction" &&
        it.text("sourceArn") === secretArn,
    );
}

function secretCalls(arn: string | undefined): readonly Call[] {
  return arn === undefined ? [] : SECRET_STEPS.map((action) => ({ action, resource: arn }));
}

function poolCalls(platform: Platform, client: Placed | undefined): readonly Call[] {
  const pool = findBy(platform, TYPE.userPool, "id", client?.resource.text("userPoolId"));
  return pool === undefined ? [] : CLIENT_STEPS.map((action) => ({ action, resource: outputOf(pool.resource, "arn") }));
}
