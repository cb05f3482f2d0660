import type { Descriptions } from "../description.ts";

/** AWS X-Ray. */
export const XRAY: Descriptions = {
  "aws:xray/indexingRule:IndexingRule": {
    read: ["region", "rule.probabilistic.desiredSamplingPercentage"],
    accepts: { name: ["Default"] },
  },
  "aws:xray/traceSegmentDestination:TraceSegmentDestination": {
    read: ["region"],
    accepts: { destination: ["CloudWatchLogs"] },
  },
};
