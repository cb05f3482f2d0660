import type * as aws from "@pulumi/aws";

/** A rule of a web ACL, before it has its place among the others. */
export type WebAclRule = Omit<aws.types.input.wafv2.WebAclRule, "priority" | "visibilityConfig" | "name"> & {
  readonly name: string;
};

type Statement = aws.types.input.wafv2.WebAclRuleStatement;

/** Rules of AWS's core rule set that take addresses and hosts of the caller's own machine for attacks. */
const LOOPBACK = [
  "EC2MetaDataSSRF_BODY",
  "EC2MetaDataSSRF_QUERYARGUMENTS",
  "GenericRFI_BODY",
  "GenericRFI_QUERYARGUMENTS",
];

/** Rules of AWS's core rule set that read bodies, or demand a header of browsers: a call of a tool holds SQL, HTML, paths and URLs by right. */
export const FALSE_OF_TOOL_CALLS = [
  "CrossSiteScripting_BODY",
  "EC2MetaDataSSRF_BODY",
  "GenericLFI_BODY",
  "GenericRFI_BODY",
  "NoUserAgent_HEADER",
  "SizeRestrictions_BODY",
];

/** Rules of AWS's core rule set that would refuse redirects to an application on the caller's own machine (RFC 8252, section 7.3). */
export const FALSE_OF_SIGN_INS: readonly string[] = LOOPBACK;

/** A group of rules that AWS maintains: it blocks, but for the named rules, which only count. */
export function managed(name: string, counted: readonly string[] = []): WebAclRule {
  const ruleActionOverrides = counted.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
    name,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ruleActionOverrides } },
  };
}

/**
 * Blocks an address that sent more than `limit` requests in five minutes: 10 at least. With a path, a regular expression, only requests
 * for it count, and only they are blocked.
 */
export function rate(name: string, limit: number, path?: string): WebAclRule {
  const only = path === undefined ? {} : { scopeDownStatement: pathMatches(path) };
  return {
    name,
    action: { block: {} },
    statement: { rateBasedStatement: { limit, aggregateKeyType: "IP", evaluationWindowSec: 300, ...only } },
  };
}

/** Blocks requests for a path, a regular expression of it as a server reads it: decoded, in lower case, without `..` and `//`. */
export function refusedPath(name: string, path: string): WebAclRule {
  return { name, action: { block: {} }, statement: pathMatches(path) };
}

/** Labels of rules of AWS's core rule set that take addresses of the caller's own machine for attacks. */
export const LOOPBACK_LABELS = [
  "EC2MetaDataSSRF_Body",
  "EC2MetaDataSSRF_QueryArguments",
  "GenericRFI_Body",
  "GenericRFI_QueryArguments",
];

/** Rules of AWS's core rule set that would refuse redirects as sign-ins have them, and bodies as people and partners write them. */
export const FALSE_OF_BFFS: readonly string[] = [...LOOPBACK, "CrossSiteScripting_BODY", "SizeRestrictions_BODY"];

/** Labels of those that read bodies as people and partners write them. */
export const CONTENT_LABELS = ["CrossSiteScripting_Body", "SizeRestrictions_Body"];

/** Blocks what the counted rules of the core rule set found, outside of where it is no attack: of paths, or of hosts. */
export function foundElsewhere(
  name: string,
  labels: readonly string[],
  where: { readonly paths?: string; readonly hosts?: string },
): WebAclRule {
  const found = labels.map((it) => ({
    labelMatchStatement: { scope: "LABEL", key: `awswaf:managed:aws:core-rule-set:${it}` },
  }));
  const harmless = [
    ...(where.paths === undefined ? [] : [pathMatches(where.paths)]),
    ...(where.hosts === undefined ? [] : [hostMatches(where.hosts)]),
  ];
  const elsewhere = harmless.map((statement) => ({ notStatement: { statement } }));
  return {
    name,
    action: { block: {} },
    statement: { andStatement: { statements: [{ orStatement: { statements: found } }, ...elsewhere] } },
  };
}

function hostMatches(regexString: string): Statement {
  return {
    regexMatchStatement: {
      regexString,
      fieldToMatch: { singleHeader: { name: "host" } },
      textTransformations: [{ priority: 0, type: "LOWERCASE" }],
    },
  };
}

function pathMatches(regexString: string): Statement {
  return {
    regexMatchStatement: {
      regexString,
      fieldToMatch: { uriPath: {} },
      textTransformations: [
        { priority: 0, type: "URL_DECODE" },
        { priority: 1, type: "NORMALIZE_PATH" },
        { priority: 2, type: "LOWERCASE" },
      ],
    },
  };
}
