import { logMetricsCountWhatIsWritten } from "../../../../policies/premise-7-observability/alarms/log-metrics-count-what-is-written.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const failures = (...edit: Parameters<typeof set>) =>
  shippedWith(TENANT, "aws:cloudwatch/logMetricFilter:LogMetricFilter", "workloads-failures", set(...edit));
const OURS =
  '"workloads-failures" must count a metric of contracts/records/log-metrics.ts, by its pattern, value and dimensions.';

testRule(logMetricsCountWhatIsWritten, {
  accepts: {
    "the shipped stack of a tenant": shipped(TENANT),
    "another label": failures(["metricTransformation", "unit"], "None"),
  },
  rejects: {
    "a pattern that no line matches": [failures(["pattern"], '{ $.event_type = "a2a_request" }'), OURS],
    "all lines": [failures(["pattern"], ""), OURS],
    "a value that says nothing": [failures(["metricTransformation", "value"], "0"), OURS],
    "a metric that nobody knows": [failures(["metricTransformation", "name"], "People"), OURS],
    "another namespace": [failures(["metricTransformation", "namespace"], "Alicerce/Gateway"), OURS],
    "people as a dimension": [
      failures(["metricTransformation", "dimensions", "user"], "$.log_processed.client_context.user_id"),
      OURS,
    ],
    "a dimension of another field": [
      failures(["metricTransformation", "dimensions", "tenant"], "$.log_processed.tenant"),
      OURS,
    ],
    "a log group of another stack": [
      failures(["logGroupName"], "/aws/containerinsights/alicerce/namespaces/acme-corp"),
      '"workloads-failures" must count in a log group of its own stack.',
    ],
  },
});
