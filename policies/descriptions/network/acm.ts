import type { Descriptions } from "../description.ts";
import { TAGS } from "../reasons.ts";

const PROVED = "AWS issues nothing for a name of which the zone's owner has not proved that it is theirs.";

/** AWS Certificate Manager. */
export const ACM: Descriptions = {
  "aws:acm/certificate:Certificate": {
    read: ["domainName", "region", "subjectAlternativeNames"],
    inert: { tags: TAGS },
    accepts: { keyAlgorithm: ["EC_prime256v1", "EC_secp384r1", "RSA_2048"], validationMethod: ["DNS"] },
    needs: ["domainName"],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    read: ["certificateArn", "region"],
    inert: { validationRecordFqdns: PROVED },
  },
};
