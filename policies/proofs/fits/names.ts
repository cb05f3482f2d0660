import type { Placed, Platform } from "../../engine/platform.ts";
import type { Fit } from "./fit.ts";

const RECORD = "aws:route53/record:Record";
const BY_PLACE = "geolocationRoutingPolicies";

/** Of records by geolocation Amazon Route 53 answers those whose place it does not know by the default alone, and by none where there is none. */
export function nameFits(platform: Platform): readonly Fit[] {
  const records = platform.ofType(RECORD);
  const ofName = (name: string | undefined): readonly Placed[] =>
    records.filter(({ resource: it }) => it.text("name") === name);
  return records
    .filter(({ resource: it }) => it.list(BY_PLACE).length > 0)
    .flatMap((at): readonly Fit[] => {
      const { name } = at.resource;
      const hasDefault = (): boolean =>
        ofName(at.resource.text("name")).some(({ resource: it }) =>
          it.list(BY_PLACE).some((one) => one.text("country") === "*"),
        );
      const failsOver = (): boolean =>
        at.resource.list("aliases").every((alias) => isWhole(ofName(alias.text("name")?.replace(/\.$/, ""))));
      return [
        { at, isFit: hasDefault, mend: `"${name}" must be beside a default record of its name.` },
        {
          at,
          isFit: failsOver,
          mend: `"${name}" must lead to a name that fails over, with a primary and a secondary.`,
        },
      ];
    });
}

function isWhole(records: readonly Placed[]): boolean {
  const types = records.flatMap(({ resource: it }) =>
    it.list("failoverRoutingPolicies").map((one) => one.text("type")),
  );
  return ["PRIMARY", "SECONDARY"].every((it) => types.includes(it));
}
