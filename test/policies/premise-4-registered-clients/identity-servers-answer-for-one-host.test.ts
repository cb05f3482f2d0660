import { identityServersAnswerForOneHost } from "../../../policies/premise-4-registered-clients/identity-servers-answer-for-one-host.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster } from "../programs.ts";
import { pod, REGION, regionAfter } from "../identity-server-plans.ts";
import { option } from "../proofs/identity-server-cuts.ts";

const says = (what: string): string => `"keycloak" must ${what}.`;
const HOST = says("say by `--hostname` at which https URL its issuers are");
const ADMIN = says("keep the administration at another host, by `--hostname-admin`");
const TLS = says("speak TLS only: `--http-enabled=false`");
const TLS_1_3 = says("speak TLS 1.3 only: `--https-protocols=TLSv1.3`");
const PAGE = says("show no page about its host names: `--hostname-debug=false`");
const PROXIES = says("believe proxies at private addresses alone: `--proxy-headers` and `--proxy-trusted-addresses`");
const DATABASE = says("compare the certificate of its database: `sslmode=verify-full` in `--db-url`");
const START = says("run `start --optimized`");
const JDBC = "jdbc:aws-wrapper:postgresql://db.example.com:5432/keycloak";

testRule(
  identityServersAnswerForOneHost,
  {
    accepts: {
      "the server of a region as it is shipped": regionAfter(),
      "one whose proxies send the standard's header": regionAfter(option("proxy-headers", "forwarded")),
      "one whose database's certificate is compared, among other settings": regionAfter(
        option("db-url", `${JDBC}?ApplicationName=x&sslmode=verify-full`),
      ),
    },
    rejects: {
      "one without a host name": [regionAfter(option("hostname", undefined)), HOST],
      "one whose host name is only a name": [regionAfter(option("hostname", "identity.example.com")), HOST],
      "one whose host name is given twice": [
        regionAfter(
          pod(({ containers: [{ args }] }) => {
            args.push("--hostname=https://other.example.com");
          }),
        ),
        HOST,
      ],
      "the administration at the same host": [
        regionAfter(option("hostname-admin", "https://identity.eu-west-1.agents.example.com")),
        ADMIN,
      ],
      "no host of the administration": [regionAfter(option("hostname-admin", undefined)), ADMIN],
      "plain HTTP": [regionAfter(option("http-enabled", "true")), TLS],
      "plain HTTP left to the environment": [regionAfter(option("http-enabled", undefined)), TLS],
      "TLS 1.2": [regionAfter(option("https-protocols", "TLSv1.3,TLSv1.2")), TLS_1_3],
      "a page about host names": [regionAfter(option("hostname-debug", "true")), PAGE],
      "every proxy trusted, by Keycloak's default": [
        regionAfter(option("proxy-trusted-addresses", undefined)),
        PROXIES,
      ],
      "proxies of the internet trusted": [
        regionAfter(option("proxy-trusted-addresses", "10.2.96.0/22,0.0.0.0/0")),
        PROXIES,
      ],
      "no header of proxies": [regionAfter(option("proxy-headers", undefined)), PROXIES],
      "a database whose certificate is not compared": [
        regionAfter(option("db-url", `${JDBC}?sslmode=require`)),
        DATABASE,
      ],
      "a database's name with the setting in it": [
        regionAfter(option("db-url", `${JDBC}-sslmode=verify-full`)),
        DATABASE,
      ],
      "the mode for developers": [
        regionAfter(
          pod(({ containers: [{ args }] }) => {
            args[0] = "start-dev";
          }),
        ),
        START,
      ],
      "an option in the environment": [
        regionAfter(
          pod(({ containers: [{ env }] }) => {
            env.push({ name: "KC_HOSTNAME_STRICT", value: "false" });
          }),
        ),
        says("take no option from its environment"),
      ],
      "a Keycloak that does not say what it is": [
        () =>
          agentOf("sso", onCluster(), {
            container: { image: "quay.io/keycloak/keycloak:26.7.3", args: ["start-dev"] },
          }),
        START.replace('"keycloak"', '"sso"'),
        ...[HOST, ADMIN, TLS, TLS_1_3, PAGE, PROXIES, DATABASE].map((it) => it.replace('"keycloak"', '"sso"')),
      ],
    },
    ignores: { "an agent": () => void agentOf("support", onCluster()) },
  },
  REGION,
);
