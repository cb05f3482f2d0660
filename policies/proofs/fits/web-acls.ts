import { outputOf } from "../../engine/output.ts";
import type { Platform } from "../../engine/platform.ts";
import type { Fit } from "./fit.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

/** What a web ACL counts and refuses is made for one kind of entry: load balancers, pools of users or gateways. */
export function webAclFits(platform: Platform): readonly Fit[] {
  return platform
    .ofType(WEB_ACL)
    .filter(({ stack }) => stack.isOurs)
    .map((at): Fit => {
      const kinds = (): ReadonlySet<string | undefined> =>
        new Set(
          platform
            .ofType(ASSOCIATION)
            .filter(({ resource }) => resource.text("webAclArn") === outputOf(at.resource, "arn"))
            .map(({ resource }) => resource.text("resourceArn")?.split(":")[2]),
        );
      return { at, isFit: () => kinds().size <= 1, mend: `"${at.resource.name}" must stand before one kind of entry.` };
    });
}
