import { outputOf } from "../../../../engine/output.ts";
import type { Platform } from "../../../../engine/platform.ts";
import { statementsOf } from "../../../../facts/policy-document.ts";
import type { Host } from "../../../../facts/reach/host.ts";
import { isFor, mayDeny } from "../../../../facts/reach/permission.ts";
import type { Cut } from "../walk.ts";
import type { Told } from "./told-things.ts";

/** The policies of queues and buses, and how they name what they are of. */
const POLICIES: Readonly<Record<string, { readonly type: string; readonly input: string; readonly output: string }>> = {
  "aws:sqs/queue:Queue": { type: "aws:sqs/queuePolicy:QueuePolicy", input: "queueUrl", output: "url" },
  "aws:cloudwatch/eventBus:EventBus": {
    type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    input: "eventBusName",
    output: "name",
  },
};

/** The policy of a queue, or of a bus, may deny what the role is granted: all of it is asked, whatever the code does with it today. */
export function denialCut(platform: Platform, { placed, role }: Host, { calls, thing }: Told): Cut | undefined {
  const naming = POLICIES[thing?.resource.type ?? ""];
  if (naming === undefined || thing === undefined || role === undefined) return undefined;
  const named = outputOf(thing.resource, naming.output);
  const principal = outputOf(role.resource, "arn");
  const context = {
    "aws:principalarn": principal,
    "aws:principalisawsservice": "false",
    "aws:securetransport": "true",
    "aws:sourcearn": null,
  };
  const denies = platform
    .ofType(naming.type)
    .filter(({ resource, stack }) => stack === thing.stack && resource.text(naming.input) === named)
    .find(({ resource }) => {
      const own = statementsOf(resource, "policy").filter((it) => isFor(it, principal));
      return calls.some((it) => mayDeny(own, { ...it, context }));
    });
  return denies && { at: denies, mend: `"${denies.resource.name}" must deny "${placed.resource.name}" nothing.` };
}
