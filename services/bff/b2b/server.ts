import { Hono } from "hono";
import { requirePartner, requireScope } from "./authentication/require-partner.ts";
import type { PartnerAuthenticator } from "./authentication/authenticator.ts";
import type { PartnerEnvironment } from "./partners/partner.ts";
import { PARTNER_PATH } from "./paths.ts";
import { problemResponse } from "./problem-response.ts";

/** What the BFF of one tenant's partners is made of; a channel that is absent is not served. */
export interface PartnerServerParts {
  readonly authenticate: PartnerAuthenticator;
  /** Behind the authenticator and the scope `webhooks:manage`, below `PARTNER_PATH.webhooks`. */
  readonly webhooks?: Hono<PartnerEnvironment>;
  /** Behind the authenticator and the scope `batches:write`, below `PARTNER_PATH.batches`; it limits the size of bodies itself. */
  readonly batches?: Hono<PartnerEnvironment>;
  /** Before the authenticator, below `PARTNER_PATH.incoming`: it verifies signatures and limits the size of bodies itself. */
  readonly incoming?: Hono;
}

/** The routes of the BFF of one tenant's partners. What a channel throws becomes a problem (RFC 9457) here. */
export function partnerServer({ authenticate, webhooks, batches, incoming }: PartnerServerParts): Hono {
  const server = new Hono();
  server.onError(problemResponse);
  server.get("/healthz", (call) => call.text("ok"));
  if (incoming !== undefined) server.route(PARTNER_PATH.incoming, incoming);
  const partners = new Hono<PartnerEnvironment>();
  partners.use(requirePartner(authenticate));
  if (webhooks !== undefined) {
    partners.use(`${PARTNER_PATH.webhooks}/*`, requireScope("webhooks:manage"));
    partners.route(PARTNER_PATH.webhooks, webhooks);
  }
  if (batches !== undefined) {
    partners.use(`${PARTNER_PATH.batches}/*`, requireScope("batches:write"));
    partners.route(PARTNER_PATH.batches, batches);
  }
  server.route("/", partners);
  return server;
}
