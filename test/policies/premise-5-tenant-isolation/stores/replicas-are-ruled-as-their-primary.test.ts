import { replicasAreRuledAsTheirPrimary } from "../../../../policies/premise-5-tenant-isolation/stores/replicas-are-ruled-as-their-primary.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set, statementsIn } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const REPLICA = "aws:kms/replicaKey:ReplicaKey";
const MESSAGE = '"key-standby" must have the policy of "key", of which it is a copy.';

testRule(replicasAreRuledAsTheirPrimary, {
  accepts: { "the copy of a tenant's key": shipped(TENANT) },
  rejects: {
    "a copy that lets in fewer": [
      shippedWith(
        TENANT,
        REPLICA,
        "key-standby",
        statementsIn("policy", (all) => all.slice(1)),
      ),
      MESSAGE,
    ],
    "a copy that lets in under other conditions": [
      shippedWith(
        TENANT,
        REPLICA,
        "key-standby",
        statementsIn("policy", (all) => all.map((it) => ({ ...it, Condition: undefined }))),
      ),
      MESSAGE,
    ],
    "a copy of a key of another stack": [
      shippedWith(TENANT, REPLICA, "key-standby", set(["primaryKeyArn"], "arn:aws:kms:eu-west-1:111122223333:key/x")),
      '"key-standby" must copy a key of its own stack.',
    ],
  },
});
