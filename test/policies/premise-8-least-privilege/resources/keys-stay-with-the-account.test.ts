import { keysStayWithTheAccount } from "../../../../policies/premise-8-least-privilege/resources/keys-stay-with-the-account.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { statementsIn, withoutAction } from "../../proofs/edits.ts";

const KEY = "aws:kms/key:Key";

testRule(keysStayWithTheAccount, {
  accepts: { "the keys of an environment": shipped("production") },
  rejects: {
    "a key that nobody can save from deletion": [
      shippedWith("production", KEY, "zone", withoutAction("policy", "kms:CancelKeyDeletion")),
      '"zone" must let the account do kms:CancelKeyDeletion, or nobody ever can.',
    ],
    "a service that passes on any use": [
      shippedWith(
        "production",
        KEY,
        "zone",
        statementsIn("policy", (all) =>
          all.map((it) =>
            String(it["Action"]) === "kms:CreateGrant"
              ? { ...it, Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }
              : it,
          ),
        ),
      ),
      '"zone" must let services create grants for AWS alone, of operations by name.',
    ],
  },
});
