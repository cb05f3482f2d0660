import { WebAcl } from "../../components/edge/web-acl.ts";
import { BFF_PATHS } from "../../contracts/bff/paths.ts";
import {
  CONTENT_LABELS,
  FALSE_OF_BFFS,
  FALSE_OF_SIGN_INS,
  FALSE_OF_TOOL_CALLS,
  foundElsewhere,
  LOOPBACK_LABELS,
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
  /** Before the tenants' pools. */
  readonly identity: WebAcl;
  /** Before the load balancer of Keycloak and of the tenants' BFFs. */
  readonly edge: WebAcl;
}

/** Requests of one address in five minutes: of an office, of a cluster, and of somebody who guesses. */
const LIMIT = {
  calls: 20_000,
  requests: 5_000,
  tokens: 1_000,
  registrations: 20,
  signIns: 300,
  messages: 2_000,
  uploads: 500,
};

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
  foundElsewhere("loopback", LOOPBACK_LABELS, { paths: REDIRECTS }),
];

/** Hosts of BFFs, which no other service of the load balancer has; the load balancer chooses by the same header. */
const BFF_HOSTS = "^[a-z0-9-]+[.]b2[bc][.]";

/** The path of a class below a version, if there is one: the class itself, or what is below it. */
const ofClass = (...paths: readonly string[]): string => `^(?:/v[0-9]+)?(?:${paths.join("|")})(?:/|$)`;

/** The first rules of Keycloak and of BFFs; what people and partners write holds SQL, HTML and addresses by right. */
const EDGE_RULES: readonly WebAclRule[] = [
  rate("requests", LIMIT.calls),
  rate("tokens", LIMIT.tokens, TOKENS),
  rate("registrations", LIMIT.registrations, REGISTRATIONS),
  rate("sign-ins", LIMIT.signIns, ofClass(...BFF_PATHS.signIns)),
  rate("messages", LIMIT.messages, ofClass(...BFF_PATHS.messages)),
  rate("uploads", LIMIT.uploads, ofClass(...BFF_PATHS.uploads)),
  refusedPath("inner", INNER),
  managed("AWSManagedRulesAmazonIpReputationList"),
  managed("AWSManagedRulesKnownBadInputsRuleSet"),
  managed("AWSManagedRulesCommonRuleSet", FALSE_OF_BFFS),
  foundElsewhere("loopback", LOOPBACK_LABELS, { paths: REDIRECTS, hosts: BFF_HOSTS }),
  foundElsewhere("content", CONTENT_LABELS, { hosts: BFF_HOSTS }),
];

/** Declares the region's web ACLs: a call of a tool and a sign-in look alike to nobody, so each has its own. */
export function regionWebAcls({ opts }: RegionContext, { dataKey }: RegionKey): RegionWebAcls {
  const kmsKeyArn = dataKey.arn;
  const gateways = new WebAcl("gateways", { description: "Calls of tools", rules: GATEWAY_RULES, kmsKeyArn }, opts);
  const identity = new WebAcl("identity", { description: "Sign-ins", rules: IDENTITY_RULES, kmsKeyArn }, opts);
  const edge = new WebAcl("edge", { description: "Sign-ins and BFFs", rules: EDGE_RULES, kmsKeyArn }, opts);
  return { gateways, identity, edge, resources: [gateways, identity, edge] };
}
