import { CONTROL } from "../engine/frameworks.ts";
import type { Statement } from "../facts/policy-document.ts";
import { statementsOf } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";

export const dataTravelsEncrypted = rule({
  premise: 3,
  id: "data-travels-encrypted",
  severity: "critical",
  description: "Databases and buckets refuse whoever does not speak TLS to them.",
  remediation:
    "Set `rds.force_ssl` to 1 in the cluster's parameter group; deny s3:* to requests without aws:SecureTransport.",
  frameworks: [CONTROL.soc2Transmission, CONTROL.isoCryptography, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.bucket, TYPE.database] },
  foreign: [TYPE.bucket],
  judge: (it, stack) => {
    if (it.type === TYPE.database)
      return demandsTls(it, stack) ? undefined : `"${it.name}" must refuse connections without TLS.`;
    const policies = stack.referrers(it, TYPE.bucketPolicy, "bucket");
    return some(policies, (policy) => some(statementsOf(policy, "policy"), refusesHttp))
      ? undefined
      : absent(`"${it.name}" must refuse requests without TLS.`);
  },
});

function demandsTls(it: ResourceView, stack: StackIndex): boolean {
  return some(stack.linked(it, "dbClusterParameterGroupName"), (group) =>
    some(group.list("parameters"), (each) => each.text("name") === "rds.force_ssl" && each.number("value") === 1),
  );
}

function refusesHttp({ denies, isInverted, actions, conditions }: Statement): boolean {
  const ofHttp = ({ operator, key, values }: (typeof conditions)[number]): boolean =>
    operator === "Bool" && key.toLowerCase() === "aws:securetransport" && values.includes("false");
  return denies && !isInverted && actions.includes("s3:*") && conditions.length === 1 && conditions.every(ofHttp);
}
