import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Amazon's own certificates, which are among none that Node.js trusts. */
const AUTHORITIES = join(import.meta.dirname, "certificates", "amazon-rds.pem");

/** TLS to Amazon RDS: certificates of its authority in one of the platform's regions, and no others. */
export function rdsTls(): { readonly ca: string; readonly minVersion: "TLSv1.2" } {
  return { ca: readFileSync(AUTHORITIES, "utf8"), minVersion: "TLSv1.2" };
}
