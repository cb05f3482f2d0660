import type { Platform } from "../../engine/platform.ts";
import { type Deed, keyDeeds, onBehalfOf } from "./deed.ts";

const SIGNER = "dnssec-route53.amazonaws.com";

/** Route 53 signs a zone with a key that lets it (Amazon Route 53 developer guide, "Working with customer managed keys for DNSSEC"). */
export function signingDeeds(platform: Platform): readonly Deed[] {
  return platform.ofType("aws:route53/keySigningKey:KeySigningKey").flatMap(({ resource, stack }) => {
    const arn = resource.text("keyManagementServiceArn");
    const { account } = stack.address.environment;
    const source = onBehalfOf(`arn:aws:route53::${account}:hostedzone/${resource.text("hostedZoneId") ?? ""}`);
    const why = `Route 53 signs with it for "${resource.name}"`;
    const grant = {
      ...source,
      "kms:grantisforawsresource": "true",
      "kms:grantoperations": "Sign",
    };
    return [
      ...keyDeeds(platform, arn, {
        who: SIGNER,
        actions: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
        context: source,
        why,
      }),
      ...keyDeeds(platform, arn, { who: SIGNER, actions: ["kms:CreateGrant"], context: grant, why }),
    ];
  });
}
