import { admitPartner, type IssuedKey, rotateKey } from "../../../services/bff/b2b/partners/admission.ts";
import { PARTNER_SCOPES, type PartnerScope } from "../../../contracts/bff/partner-access.ts";
import type { KeptCredential, PartnerAccount } from "../../../services/bff/b2b/partners/partner-store.ts";
import type { PartnerDesk } from "./partner-desk.ts";

export { openDesk } from "./partner-desk.ts";

/** What can be done for the partners of a tenant, beside what their store does. */
export interface PartnerAdministration {
  /** Throws `TypeError` for a scope that there is not. */
  readonly addPartner: (
    desk: PartnerDesk,
    partner: { readonly account: PartnerAccount; readonly scopes?: readonly string[] | undefined },
  ) => Promise<IssuedKey>;
  readonly rotatePartner: (desk: PartnerDesk, partnerId: string, overlapHours: number) => Promise<IssuedKey>;
  /** A line for each partner, and below it one for each credential. */
  readonly partnerLines: (desk: PartnerDesk) => Promise<readonly string[]>;
}

/** The administration of partners on this machine. */
export const administration: PartnerAdministration = {
  addPartner: async ({ store, by }, { account, scopes = PARTNER_SCOPES }) =>
    admitPartner(store, by, { account, scopes: scopes.map(knownScope) }),
  rotatePartner: ({ store, by }, partnerId, overlapHours) =>
    rotateKey(store, by, { partnerId, overlapMs: overlapHours * 3_600_000 }),
  partnerLines: async ({ store }) =>
    (await store.list()).flatMap(({ account: { id, name, customerId, tier }, credentials }) => [
      `${id}  ${name}  customer ${customerId}  ${tier}`,
      ...credentials.map((it) => `  ${it.kind} ${it.id}  ${stateOf(it)}  ${it.scopes.join(" ")}`),
    ]),
};

function knownScope(scope: string): PartnerScope {
  const found = PARTNER_SCOPES.find((it) => it === scope);
  if (found === undefined) throw new TypeError(`there is no scope ${scope}; there are: ${PARTNER_SCOPES.join(", ")}`);
  return found;
}

function stateOf({ revokedAt, expiresAt }: KeptCredential): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt.toISOString()}`;
  if (expiresAt === undefined) return "good";
  return `${expiresAt.getTime() <= Date.now() ? "ended" : "good until"} ${expiresAt.toISOString()}`;
}
