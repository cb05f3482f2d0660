import { registriesAreInEveryRegion } from "../../../policies/premise-6-versioning/registries-are-in-every-region.ts";
import { testRule } from "../../support/rule-tester.ts";
import { shipped, shippedWith } from "../edited-plans.ts";
import { set } from "../proofs/edits.ts";

const STACK = "staging";
const REPOSITORY = "aws:ecr/repository:Repository";
const EVERY = "must be in each region of the environment once: eu-west-1.";

testRule(registriesAreInEveryRegion, {
  accepts: { "the registries of an environment": shipped(STACK), "those of another": shipped("production") },
  rejects: {
    "a repository in another region": [
      shippedWith(STACK, REPOSITORY, "keycloak-eu-west-1", set(["region"], "us-east-1")),
      `"keycloak-eu-west-1" ${EVERY}`,
    ],
    "a key of images in another region": [
      shippedWith(STACK, "aws:kms/key:Key", "images-eu-west-1", set(["region"], "eu-west-2")),
      `"images-eu-west-1" ${EVERY}`,
    ],
    "a key that signs where Route 53 does not look": [
      shippedWith(STACK, "aws:kms/key:Key", "zone", set(["region"], "eu-west-1")),
      '"zone" must be in us-east-1, where Route 53 uses it.',
    ],
  },
});
