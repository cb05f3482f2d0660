import { encryptsInTransit } from "../../../environments/capacity/instance-types.ts";
import { ENCRYPTS_LABEL } from "../../../environments/capacity/node-pools.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { TYPE } from "../../facts/resource-types.ts";

const NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool";
const REQUIREMENTS = "spec.template.spec.requirements";
const INSTANCE_TYPE = "node.kubernetes.io/instance-type";

/** The pool that Amazon EKS has for what AWS itself runs; another one of its own would run agents on whichever instances are cheapest. */
const BUILT_IN = "system";

export const nodesEncryptWhatTheySend = rule({
  premise: 3,
  id: "nodes-encrypt-what-they-send",
  severity: "high",
  description:
    "What pods on different nodes say to each other, such as agents by A2A, is encrypted on its way by the machines themselves.",
  remediation: `Require ${ENCRYPTS_LABEL} to be in ["true"] in each NodePool, name only instance types that encrypt, and enable no built-in pool but \`${BUILT_IN}\`.`,
  frameworks: [CONTROL.soc2Transmission, CONTROL.isoCryptography, CONTROL.gdprSecurity],
  subjects: { types: [NODE_POOL, TYPE.cluster] },
  judge: [
    (it) =>
      it.type !== NODE_POOL || some(it.list(REQUIREMENTS), requiresEncryption)
        ? undefined
        : `"${it.name}" must require nodes that encrypt what they send each other.`,
    (it) =>
      it.type !== NODE_POOL || every(it.list(REQUIREMENTS), namesEncryptingTypes)
        ? undefined
        : `"${it.name}" must name only instance types that encrypt what they send each other.`,
    (it) =>
      it.type !== TYPE.cluster || every(it.list("computeConfig.nodePools"), (one) => one.text() === BUILT_IN)
        ? undefined
        : `"${it.name}" must have no built-in pool but "${BUILT_IN}": its nodes need not encrypt what they send each other.`,
  ],
});

function requiresEncryption(one: Value): boolean {
  const values = one.texts("values");
  return one.text("key") === ENCRYPTS_LABEL && one.text("operator") === "In" && values.join() === "true";
}

function namesEncryptingTypes(one: Value): boolean {
  if (one.text("key") !== INSTANCE_TYPE || one.text("operator") !== "In") return true;
  return one.texts("values").every(encryptsInTransit);
}
