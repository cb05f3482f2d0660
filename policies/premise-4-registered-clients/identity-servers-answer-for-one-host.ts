import { CONTROL } from "../engine/frameworks.ts";
import { argumentsOf, identityServers, optionOf } from "../facts/identity/identity-server.ts";
import { isPrivateRange } from "../facts/network/ip-range.ts";
import { rule } from "../engine/rule.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { some } from "../engine/three-values.ts";
import { settingsOf } from "../facts/workloads.ts";

/** What the options of Keycloak 26 must be, and why they must be said: what is missing takes a default, or the word of the environment. */
const OPTIONS: readonly (readonly [isSo: (it: ResourceView) => boolean, what: string])[] = [
  [(it) => argumentsOf(it)[0] === "start" && argumentsOf(it).includes("--optimized"), "run `start --optimized`"],
  [
    (it) => argumentsOf(it).every((one) => /^(?:[a-z][a-z-]*|--[a-z][a-z-]*(?:=.*)?)$/.test(one)),
    "be given options of Keycloak alone",
  ],
  [(it) => hostOf(it, "hostname") !== undefined, "say by `--hostname` at which https URL its issuers are"],
  [
    (it) => ![undefined, hostOf(it, "hostname")].includes(hostOf(it, "hostname-admin")),
    "keep the administration at another host, by `--hostname-admin`",
  ],
  [(it) => optionOf(it, "http-enabled") === "false", "speak TLS only: `--http-enabled=false`"],
  [(it) => optionOf(it, "https-protocols") === "TLSv1.3", "speak TLS 1.3 only: `--https-protocols=TLSv1.3`"],
  [(it) => optionOf(it, "hostname-debug") === "false", "show no page about its host names: `--hostname-debug=false`"],
  [trustsItsProxies, "believe proxies at private addresses alone: `--proxy-headers` and `--proxy-trusted-addresses`"],
  [
    (it) => /^[^?]*\?(?:.*&)?sslmode=verify-full(?:&|$)/.test(optionOf(it, "db-url") ?? ""),
    "compare the certificate of its database: `sslmode=verify-full` in `--db-url`",
  ],
  [(it) => !some(settingsOf(it), ({ name }) => name.startsWith("KC_")), "take no option from its environment"],
];

export const identityServersAnswerForOneHost = rule({
  premise: 4,
  id: "identity-servers-answer-for-one-host",
  severity: "critical",
  description:
    "A Keycloak issues tokens for one host that it was told, over TLS, and believes nobody else about who calls and by which name; its administration is elsewhere.",
  remediation: "Set the option on the server's command line, once.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: identityServers,
  judge: OPTIONS.map(
    ([isSo, what]) =>
      (it) =>
        isSo(it) ? undefined : `"${it.name}" must ${what}.`,
  ),
});

/** The host that an option names as an https URL without a path. */
function hostOf(it: ResourceView, option: string): string | undefined {
  return /^https:\/\/([a-z0-9.-]+)$/.exec(optionOf(it, option) ?? "")?.[1];
}

/** Without the option, Keycloak takes the word of whoever sends the header (Keycloak 26, "Configuring a reverse proxy"). */
function trustsItsProxies(it: ResourceView): boolean {
  const addresses = (optionOf(it, "proxy-trusted-addresses") ?? "").split(",");
  return ["forwarded", "xforwarded"].includes(optionOf(it, "proxy-headers") ?? "") && addresses.every(isPrivateRange);
}
