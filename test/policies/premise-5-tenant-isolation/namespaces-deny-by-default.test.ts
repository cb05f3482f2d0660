import * as kubernetes from "@pulumi/kubernetes";
import { namespacesDenyByDefault } from "../../../policies/premise-5-tenant-isolation/namespaces-deny-by-default.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, planOf, TENANT } from "../programs.ts";

type Spec = Partial<kubernetes.types.input.networking.v1.NetworkPolicySpec>;

function namespace(spec?: Spec, policyNamespace = TENANT): void {
  const opts = onCluster();
  new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT } }, opts);
  if (spec === undefined) return;
  const metadata = { name: "default-deny", namespace: policyNamespace };
  const all = { podSelector: {}, policyTypes: ["Ingress", "Egress"], ...spec };
  new kubernetes.networking.v1.NetworkPolicy("default-deny", { metadata, spec: all }, opts);
}

const MESSAGE = '"tenant" must deny all traffic by default, both ways.';

testRule(
  namespacesDenyByDefault,
  {
    accepts: {
      "a policy for all pods, both ways, without rules": () => namespace({}),
      "a policy without a selector, which is for all pods": planOf(
        { type: "kubernetes:core/v1:Namespace", name: "tenant", inputs: { metadata: { name: TENANT } } },
        {
          type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
          name: "default-deny",
          inputs: { metadata: { namespace: TENANT }, spec: { policyTypes: ["Ingress", "Egress"] } },
        },
      ),
    },
    rejects: {
      "a namespace without policies": [() => namespace(), MESSAGE],
      "a policy in another namespace": [() => namespace({}, "other"), MESSAGE],
      "a policy for what comes in only": [() => namespace({ policyTypes: ["Ingress"] }), MESSAGE],
      "a policy for some pods": [() => namespace({ podSelector: { matchLabels: { app: "a" } } }), MESSAGE],
      "a policy for some pods, by an expression": [
        () => namespace({ podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } }),
        MESSAGE,
      ],
      "a policy that lets everything out": [() => namespace({ egress: [{}] }), MESSAGE],
    },
  },
  { preview: "realistic" },
);
