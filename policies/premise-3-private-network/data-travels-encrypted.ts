import { CONTROL } from "../engine/frameworks.ts";
import { covers } from "../facts/grants/language/patterns.ts";
import { type Statement, statementsOf } from "../facts/policy-document.ts";
import { byOutput, outputsOf, referenceOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

/** The input by which a database names its parameters, and their type. */
const PARAMETERS: Readonly<Record<string, readonly [input: string, type: string]>> = {
  [TYPE.database]: ["dbClusterParameterGroupName", "aws:rds/clusterParameterGroup:ClusterParameterGroup"],
  [TYPE.databaseInstance]: ["parameterGroupName", "aws:rds/parameterGroup:ParameterGroup"],
};

/** The stores that have a switch for TLS, and the path of it. */
const SWITCHES: Readonly<Record<string, string>> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": "transitEncryptionEnabled",
  "aws:opensearch/domain:Domain": "domainEndpointOptions.enforceHttps",
};

/** The partition of an ARN that names no region. */
const PARTITION = /^arn:aws-[a-z-]+:/;

export const dataTravelsEncrypted = rule({
  premise: 3,
  id: "data-travels-encrypted",
  severity: "critical",
  description: "Databases, caches, search domains and buckets refuse whoever does not speak TLS to them.",
  remediation:
    "Set `rds.force_ssl` to 1, or `require_secure_transport` to ON, in a parameter group of the same stack; deny s3:* to everybody without aws:SecureTransport, on the bucket and on its objects.",
  frameworks: [CONTROL.soc2Transmission, CONTROL.isoCryptography, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.bucket, ...Object.keys(PARAMETERS), ...Object.keys(SWITCHES)] },
  foreign: [TYPE.bucket],
  judge: (it, stack) => {
    if (it.type !== TYPE.bucket)
      return demandsTls(it, stack) ? undefined : `"${it.name}" must refuse connections without TLS.`;
    const policies = stack.referrers(it, TYPE.bucketPolicy, "bucket");
    // Where two policies are of one bucket, either may be the one that stays.
    return policies.length > 0 && every(policies, (policy) => refusesHttp(policy, it))
      ? undefined
      : absent(`"${it.name}" must refuse requests without TLS.`);
  },
});

function demandsTls(it: ResourceView, stack: StackIndex): boolean {
  const path = SWITCHES[it.type];
  if (path !== undefined) return it.flag(path) === true;
  const [input = "", type = ""] = PARAMETERS[it.type] ?? [];
  const group = referred(referenceOf(it, input), byOutput(type, "name", "id"), stack);
  const demands = /mysql|mariadb/.test(it.text("engine") ?? "") ? isMysqlDemand : isPostgresDemand;
  return group !== undefined && some(group.list("parameters"), demands);
}

function isPostgresDemand(parameter: Value): boolean {
  return parameter.text("name") === "rds.force_ssl" && parameter.number("value") === 1;
}

function isMysqlDemand(parameter: Value): boolean {
  return parameter.text("name") === "require_secure_transport" && /^(?:1|ON)$/i.test(parameter.text("value") ?? "");
}

/** Whether a policy refuses plain HTTP to everybody, on the bucket itself, which lists names, and on every object. */
function refusesHttp(policy: ResourceView, bucket: ResourceView): boolean {
  const denials = statementsOf(policy, "policy").filter((it) => isOfEverybody(it) && deniesHttp(it));
  const arn = `arn:aws:s3:::${bucket.text("bucket") ?? outputsOf(bucket).text("bucket") ?? ""}`;
  return [arn, `${arn}/*`].every((on) =>
    denials.some(({ resources }) => resources.some((it) => covers(it.replace(PARTITION, "arn:aws:"), on))),
  );
}

function isOfEverybody({ principals }: Statement): boolean {
  return principals.some(({ kind, id }) => id === "*" && (kind === "*" || kind === "AWS"));
}

function deniesHttp({ denies, isInverted, actions, conditions }: Statement): boolean {
  const ofHttp = ({ operator, key, values }: (typeof conditions)[number]): boolean =>
    operator === "Bool" && key.toLowerCase() === "aws:securetransport" && values.includes("false");
  return denies && !isInverted && actions.includes("s3:*") && conditions.length === 1 && conditions.every(ofHttp);
}
