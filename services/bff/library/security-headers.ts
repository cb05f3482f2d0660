import { secureHeaders } from "hono/secure-headers";
import type { MiddlewareHandler } from "hono";

/** What a page may load, beyond nothing: everything from its own origin, without inline code or styles. */
const PAGE = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
};

const NOTHING = { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] };

/** Headers of every answer: for `pages` what is theirs to load, for `data` nothing (OWASP Secure Headers Project). */
export function securityHeaders(of: "pages" | "data"): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: of === "pages" ? PAGE : NOTHING,
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    originAgentCluster: "?1",
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [] },
    referrerPolicy: "no-referrer",
    strictTransportSecurity: "max-age=63072000; includeSubDomains",
    xContentTypeOptions: "nosniff",
    xFrameOptions: "DENY",
  });
}
