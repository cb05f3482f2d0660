import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { some } from "../../engine/three-values.ts";
import { namersOf, type Naming } from "../reference.ts";

const ASSOCIATIONS: Naming = { types: ["aws:wafv2/webAclAssociation:WebAclAssociation"], input: "resourceArn" };

/**
 * Whether a web ACL of its own region stands before a resource, which an association names by the output `arn`: AWS WAF joins no others
 * (https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html).
 */
export function isBehindWebAcl(it: ResourceView, arn: string, stack: StackIndex): boolean {
  return some(namersOf(it, ASSOCIATIONS, [arn], stack), (association) => {
    const region = it.region ?? association.text("resourceArn")?.split(":")[3];
    const [, , service, place, , name = ""] = (association.text("webAclArn") ?? "").split(":");
    return service === "wafv2" && place !== undefined && place === region && name.startsWith("regional/webacl/");
  });
}
