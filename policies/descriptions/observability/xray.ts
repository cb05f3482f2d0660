import type { Descriptions } from "../description.ts";

/** AWS X-Ray. */
export const XRAY: Descriptions = {
  "aws:xray/traceSegmentDestination:TraceSegmentDestination": {
    read: ["region"],
    accepts: { destination: ["CloudWatchLogs"] },
  },
};
