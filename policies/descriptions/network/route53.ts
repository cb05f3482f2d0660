import type { Descriptions } from "../description.ts";
import { NAME, TAGS, TEXT } from "../reasons.ts";

/** Amazon Route 53. */
export const ROUTE_53: Descriptions = {
  "aws:route53/zone:Zone": {
    inert: { comment: TEXT, name: NAME, tags: TAGS },
    accepts: { forceDestroy: [false] },
  },
};
