import { identityServersAreClosed } from "../../../policies/premise-4-registered-clients/identity-servers-are-closed.ts";
import { testRule } from "../../support/rule-tester.ts";
import { policy, REGION, regionAfter } from "../identity-server-plans.ts";
import { set } from "../proofs/edits.ts";
import { agentOf, onCluster } from "../programs.ts";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const CLOSED = '"keycloak" must be in a namespace that is closed both ways.';
const EGRESS = '"keycloak" must reach nothing but names, credentials, its database and its own pods.';
const INGRESS = '"keycloak" must admit its trusted proxies on its HTTPS port, and its own pods, alone.';
const RESTRICTED = '"keycloak" must be in a namespace that restricts pods.';

const CACHES = '"keycloak" must reach its own pods on 7800 and 57800, both ways: they share who is signed in.';
const OWN_PODS = { matchLabels: { "app.kubernetes.io/name": "keycloak" } };

const everyPod = { podSelector: {} };
const tcp = (port: number) => [{ protocol: "TCP", port }];
const range = (cidr: string) => [{ ipBlock: { cidr } }];
const out = (to: object[], ports: object[]) =>
  policy("allow-database", { ...everyPod, policyTypes: ["Egress"], egress: [{ to, ports }] });
const into = (from: object[], ports: object[]) =>
  policy("allow-load-balancers", { ...everyPod, policyTypes: ["Ingress"], ingress: [{ from, ports }] });

testRule(
  identityServersAreClosed,
  {
    accepts: {
      "the server of a region as it is shipped": regionAfter(),
      "a namespace that is closed by a policy without a selector": regionAfter(
        policy("default-deny", { policyTypes: ["Ingress", "Egress"] }),
      ),
      "a database in one subnet alone": regionAfter(out(range("10.2.0.0/19"), tcp(5432))),
    },
    rejects: {
      "a namespace that is open": [regionAfter({ type: NETWORK_POLICY, name: "keycloak-default-deny" }), CLOSED],
      "a namespace that lets everything out": [
        regionAfter(policy("default-deny", { ...everyPod, policyTypes: ["Ingress"] })),
        CLOSED,
      ],
      "the whole network let out by a policy without a selector": [
        regionAfter(
          policy("allow-database", {
            policyTypes: ["Egress"],
            egress: [{ to: range("10.0.0.0/8"), ports: tcp(443) }],
          }),
        ),
        EGRESS,
      ],
      "callers let in by a policy without a selector": [
        regionAfter(
          policy("allow-load-balancers", {
            policyTypes: ["Ingress"],
            ingress: [{ from: range("10.0.0.0/8"), ports: tcp(8443) }],
          }),
        ),
        INGRESS,
      ],
      "everything let out": [regionAfter(out([], [])), EGRESS],
      "the internet": [regionAfter(out(range("0.0.0.0/0"), tcp(443))), EGRESS],
      "databases on the internet": [regionAfter(out(range("0.0.0.0/0"), tcp(5432))), EGRESS],
      "the private endpoints": [regionAfter(out(range("10.2.0.0/16"), tcp(443))), EGRESS],
      "the metadata of the node": [regionAfter(out(range("169.254.169.254/32"), tcp(80))), EGRESS],
      "every port of the database": [
        regionAfter(out(range("10.2.0.0/19"), [{ protocol: "TCP", port: 1, endPort: 65_535 }])),
        EGRESS,
      ],
      "name servers elsewhere": [regionAfter(out(range("8.8.8.8/32"), [{ protocol: "UDP", port: 53 }])), EGRESS],
      "pods of tenants by the ports of caches": [regionAfter(out([{ namespaceSelector: {} }], tcp(7800))), EGRESS],
      "callers of everywhere": [regionAfter(into(range("0.0.0.0/0"), tcp(8443))), INGRESS],
      "callers of the whole network": [regionAfter(into(range("10.2.0.0/16"), tcp(8443))), INGRESS],
      "metrics for the load balancers": [regionAfter(into(range("10.2.96.0/22"), tcp(9000))), INGRESS],
      "caches for the load balancers": [regionAfter(into(range("10.2.96.0/22"), tcp(7800))), INGRESS],
      "callers on every port": [regionAfter(into(range("10.2.96.0/22"), [])), INGRESS],
      "pods that do not hear of each other": [
        regionAfter({ type: NETWORK_POLICY, name: "keycloak-allow-caches" }),
        CACHES,
      ],
      "pods that only hear": [
        regionAfter(
          policy("allow-caches", {
            ...everyPod,
            policyTypes: ["Ingress"],
            ingress: [{ from: [{ podSelector: OWN_PODS }], ports: [...tcp(7800), ...tcp(57_800)] }],
          }),
        ),
        CACHES,
      ],
      "a version of the standard that there is not": [
        regionAfter({
          type: NAMESPACE,
          name: "keycloak",
          change: set(["metadata", "labels"], {
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "newest",
          }),
        }),
        RESTRICTED,
      ],
      "a namespace that restricts no pods": [
        regionAfter({ type: NAMESPACE, name: "keycloak", change: set(["metadata", "labels"], {}) }),
        RESTRICTED,
      ],
    },
    ignores: { "an agent": () => void agentOf("support", onCluster()) },
  },
  REGION,
);
