import { resourcesHaveTheirParts } from "../../../../policies/premise-5-tenant-isolation/stores/resources-have-their-parts.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const REGION = "production.eu-west-1";

testRule(resourcesHaveTheirParts, {
  accepts: { "the resources of a region": shipped(REGION) },
  rejects: {
    "a bucket without versions": [
      shippedWith(REGION, "aws:s3/bucketVersioning:BucketVersioning", "records"),
      '"records" must have a BucketVersioning.',
    ],
    "a bucket whose settings are another's": [
      shippedWith(
        REGION,
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "records",
        set(["bucket"], "another"),
      ),
      '"records" must have a BucketOwnershipControls.',
    ],
    "a rule that starts nothing": [
      shippedWith(REGION, "aws:cloudwatch/eventTarget:EventTarget", "realm-keeper"),
      '"realm-keeper" must have a EventTarget.',
    ],
    "a database without an instance": [
      shippedWith(REGION, "aws:rds/clusterInstance:ClusterInstance", /./),
      '"keycloak" must have a ClusterInstance.',
    ],
  },
});
