import { loadBalancersKeepARecord } from "../../../policies/premise-7-observability/load-balancers-keep-a-record.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

function balancer(accessLogs: Record<string, unknown> | undefined, internal = false): Plan {
  return planOf(
    { type: "aws:s3/bucket:Bucket", name: "records", inputs: {}, outputs: { bucket: "records" } },
    { type: "aws:lb/loadBalancer:LoadBalancer", name: "edge", inputs: { internal, accessLogs } },
  );
}

const MESSAGE = '"edge" must record its requests in a bucket of its own stack.';

testRule(loadBalancersKeepARecord, {
  accepts: { "a record in a bucket of the stack": balancer({ bucket: "records", enabled: true }) },
  rejects: {
    "no record": [balancer(undefined), MESSAGE],
    "a record that is switched off": [balancer({ bucket: "records", enabled: false }), MESSAGE],
    "a record that is not switched on": [balancer({ bucket: "records" }), MESSAGE],
    "a record in somebody's bucket": [balancer({ bucket: "elsewhere", enabled: true }), MESSAGE],
  },
  ignores: { "an internal load balancer": balancer(undefined, true) },
});
