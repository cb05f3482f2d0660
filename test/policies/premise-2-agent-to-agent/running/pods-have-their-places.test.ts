import { podsHaveTheirPlaces } from "../../../../policies/premise-2-agent-to-agent/running/pods-have-their-places.ts";
import type { Plan } from "../../../../plan/model.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, set } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const REGION = "production.eu-west-1";
const AGENT = "agent-coordinator";
const POD = ["spec", "template", "spec"] as const;
const SPREAD = [...POD, "topologySpreadConstraints"] as const;
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

const agent = (change: (inputs: Inputs) => void): Plan =>
  shippedWith(TENANT, "kubernetes:apps/v1:Deployment", AGENT, change);
const keycloak = (change: (inputs: Inputs) => void): Plan => shippedWith(REGION, STATEFUL_SET, "keycloak", change);
const first = (key: string, value: unknown) => set([...SPREAD, "0", key], value);
const selecting = (labels: object) => set([...SPREAD, "0", "labelSelector", "matchLabels"], labels);

const CROWDED = `"${AGENT}" must spread its pods over zones, by labels that they have.`;
const CROWDED_KEYCLOAK = '"keycloak" must spread its pods over zones, by labels that they have.';

testRule(podsHaveTheirPlaces, {
  accepts: {
    "the shipped stack of a tenant": shipped(TENANT),
    "the shipped stack of a region": shipped(REGION),
    "a second spread, over nodes": agent((inputs) => {
      const { spec } = inputs as { spec: { template: { spec: { topologySpreadConstraints: Inputs[] } } } };
      const all = spec.template.spec.topologySpreadConstraints;
      all.unshift({ ...all[0], topologyKey: "kubernetes.io/hostname" });
    }),
    "a spread that lets zones differ by two pods": agent(first("maxSkew", 2)),
    "a spread by one label of two": keycloak(selecting({ "app.kubernetes.io/name": "keycloak" })),
  },
  rejects: {
    "pods that are wherever there is room": [agent(set(SPREAD, [])), CROWDED],
    "pods over nodes alone": [agent(first("topologyKey", "kubernetes.io/hostname")), CROWDED],
    "pods that may all be in one zone": [agent(first("maxSkew", 100)), CROWDED],
    "a spread of other pods": [agent(selecting({ "app.kubernetes.io/name": "bff-b2b" })), CROWDED],
    "a spread of all pods of the namespace": [agent(selecting({})), CROWDED],
    "an identity server that is spread by another's label": [
      keycloak(selecting({ "app.kubernetes.io/name": "keycloak", "alicerce.dev/kind": "agent" })),
      CROWDED_KEYCLOAK,
    ],
    "pods of no priority": [
      agent(set([...POD, "priorityClassName"], undefined)),
      `"${AGENT}" must name its priority class.`,
    ],
  },
});
