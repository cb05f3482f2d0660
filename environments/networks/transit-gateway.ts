import type { z } from "zod";
import { record, some, text } from "../wording.ts";
import { privateRange } from "./private-range.ts";

/** Each range is a rule of the cluster's security group, which others need, too. */
const MOST_DEPLOYERS = 5;

/** The company's Transit Gateway, to which the network of a region is attached: it leads to tenants' internal APIs, and from those who deploy. */
export const transitGateway = record({
  /** Its owner shares it with the environment's account by AWS RAM. */
  arn: text(
    /^arn:aws:ec2:[a-z]{2}-[a-z]+-\d:\d{12}:transit-gateway\/tgw-[0-9a-f]{17}$/,
    'the ARN of a Transit Gateway, such as "arn:aws:ec2:eu-west-1:444455556666:transit-gateway/tgw-0123456789abcdef0"',
  ),
  /** Where runners and operators are who deploy: they come in to the cluster's API and to Keycloak's administration. Without it, nobody does. */
  deployers: some(privateRange())
    .check(({ value, issues }) => {
      if (value.length <= MOST_DEPLOYERS) return;
      const message = `${value.length} are too many: ${MOST_DEPLOYERS} at most`;
      issues.push({ code: "custom", input: value, path: [], message });
    })
    .optional(),
});

/** One of these. */
export type TransitGateway = z.infer<typeof transitGateway>;
