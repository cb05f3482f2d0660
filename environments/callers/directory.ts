import type { z } from "zod";
import { record, some, someOf, text } from "../wording.ts";
import { STAFF } from "./roles.ts";

/** The groups of a realm, which say what its people may do. */
const GROUPS = Object.values(STAFF).map(({ group }) => group) as [string, ...string[]];

const ADDRESS = /^https:\/\/(?=[^/]{4,253}\/)(?:[a-z0-9-]+\.)+[a-z]{2,63}\/[\w.~/-]{1,200}$/;

/** By what a directory's signatures are known: an X.509 certificate in base64 (DER), without its first and last line. */
const certificate = text(/^[A-Za-z0-9+/]{400,8000}={0,2}$/, "an X.509 certificate in base64, in one line").check(
  ({ value, issues }) => {
    if (isCertificate(value)) return;
    const message = "is no X.509 certificate; a private key must never be here";
    issues.push({ code: "custom", input: value, message });
  },
);

const claim = text(/^[\w.:/-]{1,200}$/, 'the name of an attribute of an assertion, such as "groups"');

/**
 * The company's directory by which developers of a tenant sign in (SAML 2.0). It has no secret: what it says is signed by its key, and what
 * it is asked is signed by the realm's.
 */
export const directory = record({
  /** What the sign-in calls it. */
  name: text(/^[\w .-]{1,40}$/, "a name of at most 40 letters, digits, blanks and `_.-`"),
  /** What it calls itself in its assertions. */
  entityId: text(/^[\w.:/-]{4,200}$/, "an entity id (SAML 2.0), such as its URL"),
  /** Where browsers are sent to sign in. */
  signOn: text(ADDRESS, "an HTTPS address without a query"),
  /** Two while the directory changes its key. */
  certificates: some(certificate),
  attributes: record({ email: claim, givenName: claim, familyName: claim, groups: claim }),
  /** Whom it makes a member of which group of the realm: names or ids of groups in the directory. Whoever is in none may do nothing. */
  groups: someOf(GROUPS, some(text(/^[^\\"{}\p{Cc}]{1,200}$/u, "the name or the id of a group in the directory"))),
});

/** A company's directory. */
export type Directory = z.infer<typeof directory>;

/** A row of a directory's table: a group in the directory, and the group of the realm that its members are in. */
export interface DirectoryGroup {
  readonly theirs: string;
  readonly ours: string;
}

/** The rows of a directory's table. */
export function directoryGroups({ groups }: Directory): readonly DirectoryGroup[] {
  return Object.entries(groups).flatMap(([ours, all]) => (all ?? []).map((theirs) => ({ theirs, ours })));
}

/** Whether it begins as a certificate does: a sequence of a sequence with a version (RFC 5280, section 4.1), which no key has. */
function isCertificate(base64: string): boolean {
  const start = /^30(?:8[12])?(?:[0-9a-f]{2}){1,2}30(?:8[12])?(?:[0-9a-f]{2}){1,2}a003020102/;
  try {
    const bytes = atob(base64.slice(0, 64));
    const hex = Array.from({ length: bytes.length }, (_, i) => bytes.charCodeAt(i).toString(16).padStart(2, "0"));
    return start.test(hex.join(""));
  } catch {
    return false;
  }
}
