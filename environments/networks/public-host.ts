import type { z } from "zod";
import { text } from "../wording.ts";

const LABEL = "(?!-)[a-z0-9-]{1,63}(?<!-)";

/** No wildcard, no address, no name of a private network (RFC 6761, RFC 6762, RFC 8375, RFC 9476), and none of AWS, whose own top-level domain is `aws`. */
const PUBLIC_HOST = new RegExp(
  String.raw`^(?=.{4,253}$)(?!.*\.(?:local|localhost|internal|intranet|private|lan|home|corp|alt|arpa|aws|onion|invalid|test)$)(?!(?:.*\.)?(?:amazonaws|amazoncognito|aws)\.(?:com|dev|com\.cn)$)(${LABEL}\.)+(?=[a-z])${LABEL}$`,
);

/** The full name of a host below a domain of the public, for which public authorities issue certificates. */
export function publicHost(): z.ZodCustom<string, string> {
  return text(
    PUBLIC_HOST,
    'a host on the internet in full, such as "hooks.example.com", in lower case and without a wildcard',
  );
}
