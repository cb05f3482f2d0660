import { servicesLeadToOneWorkload } from "../../../../policies/premise-3-private-network/parts/services-lead-to-one-workload.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const REGION = "production.eu-west-1";
const TENANT = "production.eu-west-1.xyz-gmbh";
const SERVICE = "kubernetes:core/v1:Service";
const PORTS = '"agent-coordinator" must lead to ports that its pods listen on, by the same number.';

testRule(servicesLeadToOneWorkload, {
  accepts: { "the Services of a tenant": shipped(TENANT), "those of Keycloak": shipped(REGION) },
  rejects: {
    "a Service that selects nothing": [
      shippedWith(TENANT, SERVICE, "agent-coordinator", set(["spec", "selector"], { app: "none" })),
      '"agent-coordinator" must select the pods of one workload.',
    ],
    "a Service that selects every agent": [
      shippedWith(TENANT, SERVICE, "agent-coordinator", set(["spec", "selector"], { "alicerce.dev/kind": "agent" })),
      '"agent-coordinator" must select the pods of one workload.',
    ],
    "a port that no pod listens on": [
      shippedWith(TENANT, SERVICE, "agent-coordinator", set(["spec", "ports", "0", "targetPort"], 9001)),
      PORTS,
    ],
    "a port of another number": [
      shippedWith(TENANT, SERVICE, "agent-coordinator", set(["spec", "ports", "0", "port"], 80)),
      PORTS,
    ],
  },
});
