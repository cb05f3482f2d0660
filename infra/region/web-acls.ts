import { WebAcl } from "../../components/edge/web-acl.ts";
import {
  FALSE_OF_SIGN_INS,
  FALSE_OF_TOOL_CALLS,
  loopbackElsewhere,
  managed,
  rate,
  refusedPath,
  type WebAclRule,
} from "../../components/edge/web-acl-rules.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";

/** What stands before the region's ways in from the internet. */
export interface RegionWebAcls extends Feature {
  /** Before every tenant's gateways. */
  readonly gateways: WebAcl;
  /** Before whoever issues tokens: the tenants' pools, and the load balancer of Keycloak. */
  readonly identity: WebAcl;
}

/** Requests of one address in five minutes: of an office, of a cluster, and of somebody who guesses. */
const LIMIT = { calls: 20_000, requests: 5_000, tokens: 1_000, registrations: 20 };

/** Where clients name a redirect, or register one: the authorization, token and registration endpoints of Keycloak. */
const REDIRECTS =
  "^/realms/[^/]+/(?:protocol/openid-connect/(?:auth|ext/par/request|logout|token)|clients-registrations/openid-connect)(?:/|$)";
const REGISTRATIONS = "^/realms/[^/]+/clients-registrations(?:/|$)";
const TOKENS = "^/(?:realms/[^/]+/(?:protocol/openid-connect/token|login-actions)|oauth2/token)(?:/|$)";

/** The administration of Keycloak, and parameters in a path, behind which it could be hidden. */
const INNER = "^/(?:admin|metrics|health|realms/master)(?:/|$)|;";

const GATEWAY_RULES: readonly WebAclRule[] = [
  rate("calls", LIMIT.calls),
  managed("AWSManagedRulesAmazonIpReputationList"),
  managed("AWSManagedRulesKnownBadInputsRuleSet"),
  managed("AWSManagedRulesCommonRuleSet", FALSE_OF_TOOL_CALLS),
];

const IDENTITY_RULES: readonly WebAclRule[] = [
  rate("requests", LIMIT.requests),
  rate("tokens", LIMIT.tokens, TOKENS),
  rate("registrations", LIMIT.registrations, REGISTRATIONS),
  refusedPath("inner", INNER),
  managed("AWSManagedRulesAmazonIpReputationList"),
  managed("AWSManagedRulesKnownBadInputsRuleSet"),
  managed("AWSManagedRulesCommonRuleSet", FALSE_OF_SIGN_INS),
  loopbackElsewhere("loopback", REDIRECTS),
];

/** Declares the region's web ACLs: a call of a tool and a sign-in look alike to nobody, so each has its own. */
export function regionWebAcls({ opts }: RegionContext, { dataKey }: RegionKey): RegionWebAcls {
  const kmsKeyArn = dataKey.arn;
  const gateways = new WebAcl("gateways", { description: "Calls of tools", rules: GATEWAY_RULES, kmsKeyArn }, opts);
  const identity = new WebAcl("identity", { description: "Sign-ins", rules: IDENTITY_RULES, kmsKeyArn }, opts);
  return { gateways, identity, resources: [gateways, identity] };
}
