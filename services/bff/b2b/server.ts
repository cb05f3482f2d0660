import { BFF_HEALTH_PATH } from "../../../contracts/bff/health.ts";
import { bffName } from "../../../contracts/bff/names.ts";
import { Hono, type MiddlewareHandler } from "hono";
import { apiDescription } from "./api/description.ts";
import type { PartnerApi } from "./api/served-route.ts";
import { requirePartner, requireScope } from "./authentication/require-partner.ts";
import type { PartnerAuthenticator } from "./authentication/authenticator.ts";
import type { Partner } from "./partners/partner.ts";
import type { PartnerEnvironment } from "./partners/partner-environment.ts";
import { PARTNER_PATH } from "./paths.ts";
import type { AuditedCaller } from "../../libraries/service-kit/audit-line.ts";
import type { BffEnvironment, BffLog } from "../library/bff-environment.ts";
import { type Audited, audited } from "../library/audited.ts";
import { answerErrors } from "../library/error-answers.ts";
import { requestIds } from "../library/request-ids.ts";
import { securityHeaders } from "../library/security-headers.ts";

/** What the BFF of one tenant's partners is made of; a channel that is absent is not served. */
export interface PartnerServerParts extends Pick<Audited<BffEnvironment>, "audit" | "tenantId"> {
  readonly authenticate: PartnerAuthenticator;
  /** Behind the authenticator; each route names its scope. Its description is before it. */
  readonly api?: PartnerApi;
  /** Where the systems of partners get access tokens, for the description. */
  readonly tokenUrl?: string;
  /** Counts what every partner sends to any channel. */
  readonly quotas?: MiddlewareHandler<PartnerEnvironment>;
  /** Behind the authenticator and the scope `webhooks:manage`, below `PARTNER_PATH.webhooks`. */
  readonly webhooks?: Hono<PartnerEnvironment>;
  /** Behind the authenticator and the scope `batches:write`, below `PARTNER_PATH.batches`; it limits the size of bodies itself. */
  readonly batches?: Hono<PartnerEnvironment>;
  /** Before the authenticator, below `PARTNER_PATH.incoming`: it verifies signatures and limits the size of bodies itself. */
  readonly incoming?: Hono<BffEnvironment>;
  readonly log: BffLog;
}

/** What is known of a request before its partner is. */
interface Requested extends BffEnvironment {
  Variables: BffEnvironment["Variables"] & { readonly partner?: Partner };
}

/** The routes of the BFF of one tenant's partners. What a channel throws becomes a problem (RFC 9457) here. */
export function partnerServer(parts: PartnerServerParts): Hono<BffEnvironment> {
  const { api, audit, incoming, tenantId, tokenUrl, log } = parts;
  const server = new Hono<BffEnvironment>();
  answerErrors(server, log);
  server.use(requestIds, securityHeaders("data"));
  server.get(BFF_HEALTH_PATH, (call) => call.text("ok"));
  server.use(
    audited<Requested>({
      component: bffName("b2b"),
      tenantId,
      audit,
      callerOf: ({ var: it }) => it.partner && callerIn(it.partner),
    }),
  );
  if (api !== undefined) server.route("/", apiDescription(api, tokenUrl));
  if (incoming !== undefined) server.route(PARTNER_PATH.incoming, incoming);
  server.route("/", ofPartners(parts));
  return server;
}

/** A partner as the audit names it: by its id, and its credential by what names that. */
function callerIn({ id, scopes, credential }: Partner): AuditedCaller {
  return { clientId: id, scopes, tokenId: credential.id };
}

function ofPartners({ authenticate, quotas, api, webhooks, batches }: PartnerServerParts): Hono<PartnerEnvironment> {
  const partners = new Hono<PartnerEnvironment>();
  partners.use(requirePartner(authenticate));
  if (quotas !== undefined) partners.use(quotas);
  if (webhooks !== undefined) {
    partners.use(`${PARTNER_PATH.webhooks}/*`, requireScope("webhooks:manage"));
    partners.route(PARTNER_PATH.webhooks, webhooks);
  }
  if (batches !== undefined) {
    partners.use(`${PARTNER_PATH.batches}/*`, requireScope("batches:write"));
    partners.route(PARTNER_PATH.batches, batches);
  }
  if (api !== undefined) partners.route("/", api);
  return partners;
}
