import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import { LABEL, TAG } from "../../../contracts/tags.ts";
import { tenantResourcesAreTagged } from "../../../policies/premise-5-tenant-isolation/tenant-resources-are-tagged.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, served, TENANT } from "../programs.ts";

const message = (name: string): string => `"${name}" must be marked as belonging to tenant "xyz-gmbh".`;

testRule(
  tenantResourcesAreTagged,
  {
    accepts: {
      "what the provider tags": () => new aws.cloudwatch.LogGroup("logs", {}, served()),
      "a namespace with the tenant's label": () => namespace({ [LABEL.tenant]: TENANT }),
    },
    rejects: {
      "a provider that tags nothing": [
        () => new aws.cloudwatch.LogGroup("logs", {}, served({ tags: {} })),
        message("logs"),
        message("aws"),
      ],
      "logs that say they are another tenant's": [
        () => new aws.cloudwatch.LogGroup("logs", { tags: { [TAG.tenant]: "acme-corp" } }, served()),
        message("logs"),
      ],
      "a namespace without a label": [() => namespace({}), message("tenant")],
    },
  },
  { preview: "realistic" },
);

function namespace(labels: Record<string, string>): void {
  new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT, labels } }, onCluster());
}
