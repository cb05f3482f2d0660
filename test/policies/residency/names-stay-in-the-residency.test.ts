import { namesStayInTheResidency } from "../../../policies/residency/names-stay-in-the-residency.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

function record(inputs: Record<string, unknown>): Plan {
  return planOf({
    type: "aws:route53/record:Record",
    name: "record",
    inputs: { name: "mcp.xyz.example.com", ...inputs },
  });
}

const aliasOf = (name: string): Record<string, unknown> => ({ aliases: [{ name, zoneId: "Z1" }] });
const MESSAGE = '"record" must lead to the residency "eu" only.';

testRule(namesStayInTheResidency, {
  accepts: {
    "a load balancer of the region": record(aliasOf("edge-1.eu-west-1.elb.amazonaws.com")),
    "a failover to the standby": record({
      ...aliasOf("edge-2.eu-central-1.elb.amazonaws.com"),
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
    }),
    "people who are led to the nearer region of the set": record({
      name: "*.b2c.eu.agents.example.com",
      ...aliasOf("_near.b2c.eu.agents.example.com"),
      geolocationRoutingPolicies: [{ country: "DE" }],
    }),
    "a record that names no region": record({ type: "TXT", records: ["v=spf1 -all"] }),
  },
  rejects: {
    "people who are led to a name of another residency": [
      record({
        name: "*.b2c.eu.agents.example.com",
        ...aliasOf("_near.b2c.us.agents.example.com."),
        geolocationRoutingPolicies: [{ country: "US" }],
      }),
      MESSAGE,
    ],
    "people who are led to a load balancer of another residency": [
      record({
        name: "*.b2c.eu.agents.example.com",
        ...aliasOf("edge-1.us-east-1.elb.amazonaws.com"),
        geolocationRoutingPolicies: [{ country: "US" }],
      }),
      MESSAGE,
    ],
    "a name of another residency, which leads here": [
      record({
        name: "*.b2c.us.agents.example.com",
        ...aliasOf("edge-1.eu-west-1.elb.amazonaws.com"),
        geolocationRoutingPolicies: [{ country: "US" }],
      }),
      '"record" must be a name of the residency "eu", or of none.',
    ],
    "a failover to another residency": [
      record({ ...aliasOf("edge-1.us-east-1.elb.amazonaws.com"), failoverRoutingPolicies: [{ type: "SECONDARY" }] }),
      MESSAGE,
    ],
    "a host of another residency": [record({ type: "CNAME", records: ["mcp.us-east-1.agents.example.com"] }), MESSAGE],
    "users who are sent to another region": [
      record({ ...aliasOf("edge.example.com"), latencyRoutingPolicies: [{ region: "us-east-1" }] }),
      MESSAGE,
    ],
  },
});

/** The same in an environment's own stack, where the record's name says whose it is. */
function ofEnvironment(plan: Plan): Plan {
  return { ...plan, stack: "production" };
}

testRule(namesStayInTheResidency, {
  accepts: {
    "a name of a region, for that region": ofEnvironment(
      record({ name: "identity.eu-west-1.agents.example.com", ...aliasOf("edge-1.eu-west-1.elb.amazonaws.com") }),
    ),
  },
  rejects: {
    "a name of a region, for another residency": [
      ofEnvironment(
        record({ name: "identity.eu-west-1.agents.example.com", ...aliasOf("edge-1.us-east-1.elb.amazonaws.com") }),
      ),
      MESSAGE,
    ],
  },
  ignores: { "a name of no region": ofEnvironment(record(aliasOf("edge-1.us-east-1.elb.amazonaws.com"))) },
});
