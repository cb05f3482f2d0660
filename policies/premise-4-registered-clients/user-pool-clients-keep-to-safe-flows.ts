import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const FLOWS = ["code", "client_credentials"];

/** A scope of Amazon Cognito: one that it has by itself, or one of a resource server. */
const SCOPE = /^(?:openid|email|phone|profile|aws\.cognito\.signin\.user\.admin|[^\s*]+\/[^\s*/]+)$/;

/** The ways to sign in for which a client sees the password of its user. */
const PASSWORDS = [
  "ADMIN_NO_SRP_AUTH",
  "USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
];

export const userPoolClientsKeepToSafeFlows = rule({
  premise: 4,
  id: "user-pool-clients-keep-to-safe-flows",
  severity: "high",
  description:
    "A client of a user pool gets tokens by the flows of OAuth 2.1 alone, at addresses that are known, and sees no password.",
  remediation:
    "List only code or client_credentials in `allowedOauthFlows`, and in `callbackUrls` each address in full; leave out the flows with passwords.",
  frameworks: [CONTROL.soc2Registration, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: { types: [CLIENT] },
  judge: [
    (it) =>
      every(it.list("allowedOauthFlows"), (flow) => FLOWS.includes(flow.text() ?? ""))
        ? undefined
        : `"${it.name}" must use no flow but code and client_credentials.`,
    (it) =>
      every([...it.list("callbackUrls"), ...it.list("logoutUrls")], (url) => isExact(url.text() ?? ""))
        ? undefined
        : `"${it.name}" must name each address to which it redirects, by https or on the same host.`,
    (it) =>
      !it.texts("allowedOauthFlows").includes("code") ||
      ["callbackUrls", "supportedIdentityProviders"].every((path) => it.list(path).length > 0)
        ? undefined
        : `"${it.name}" must say where codes go, and who signs people in.`,
    (it) =>
      every(it.list("allowedOauthScopes"), (scope) => SCOPE.test(scope.text() ?? ""))
        ? undefined
        : `"${it.name}" must name each scope, by its resource server unless it is one of OpenID Connect.`,
    (it) =>
      every(it.list("explicitAuthFlows"), (flow) => !PASSWORDS.includes(flow.text() ?? ""))
        ? undefined
        : `"${it.name}" must not send passwords.`,
    (it) =>
      !it.texts("allowedOauthFlows").includes("client_credentials") || it.flag("generateSecret") === true
        ? undefined
        : `"${it.name}" must have a secret for the flow client_credentials.`,
  ],
});

/** Whether it is one address, such as `https://…`, `http://localhost…` or that of an application by its own scheme. */
function isExact(url: string): boolean {
  return (
    /^(?!http:)[a-z][a-z0-9.+-]*:\/\/[^*]+$/i.test(url) ||
    /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/][^*]*)?$/.test(url)
  );
}
