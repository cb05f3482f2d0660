import { CONTROL } from "../engine/frameworks.ts";
import { isGoverned, mayBeIn, residencyIn } from "../facts/geography.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { ENCRYPTION } from "../facts/tenancy.ts";

/** What keeps data, except log groups: Amazon Route 53 writes its logs of queries to us-east-1 only. */
const STORES = [...Object.keys(ENCRYPTION), TYPE.bucket].filter((it) => it !== TYPE.logGroup);

export const resourcesStayInTheResidency = rule({
  premise: "residency",
  id: "resources-stay-in-the-residency",
  severity: "critical",
  description: "Every AWS resource of a region or a tenant is in a region that its law of residency allows.",
  remediation: "Serve it by the stack's own provider, and leave out `region` or name one of the residency's set.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  subjects: {
    types: ["aws:*", TYPE.awsProvider],
    where: (it, stack) => it.resource.custom && (isGoverned(stack) || STORES.includes(it.type)),
  },
  judge: (it, stack) => {
    if (!isGoverned(stack))
      return `"${it.name}" must be in the stack of a region or a tenant: an environment's own keeps no data.`;
    const residency = residencyIn(stack);
    const region = it.type === TYPE.awsProvider ? it.text("region") : it.region;
    return mayBeIn(region, residency) ? undefined : `"${it.name}" must be in a region of the residency "${residency}".`;
  },
});
