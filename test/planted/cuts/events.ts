import { type Planted, STACKS, type Values } from "../environment.ts";

const { environment, region, xyz } = STACKS;
const AGENT = "agent-data-transformer";
const HEARS = `${AGENT}-hears`;
const RULE = `${HEARS}-integration-processor`;

const withoutAction = (all: Values[], action: string): Values[] =>
  all.map((one) => ({ ...one, Action: [one["Action"]].flat().filter((it: string) => it !== action) }));

/** Events that nobody hears, or that nobody may say. */
export const eventCuts: readonly Planted[] = [
  {
    name: "a rule that is switched off",
    story: "The rule's state is DISABLED since a maintenance.",
    change: (it) =>
      it.edit(xyz, "EventRule", RULE, (all) => {
        all["state"] = "DISABLED";
      }),
  },
  {
    name: "a rule that is gone",
    story: "The rule of the agent was removed together with its target.",
    reaches: [AGENT],
    change: (it) => {
      it.remove(xyz, "EventTarget", RULE);
      it.remove(xyz, "EventRule", RULE);
    },
  },
  {
    name: "a rule without a target",
    story: "The target was removed, so the rule calls nobody.",
    reaches: [AGENT, RULE],
    change: (it) => it.remove(xyz, "EventTarget", RULE),
  },
  {
    name: "a rule for a type of an earlier release",
    story: "The rule takes records.checked, the agent says records.validated.",
    reaches: [AGENT],
    change: (it) => it.replaceText([xyz, "EventRule", RULE], "records.validated", "records.checked"),
  },
  {
    name: "a rule for an agent of another name",
    story: "The rule takes what agent.processor says.",
    reaches: [AGENT],
    change: (it) => it.replaceText([xyz, "EventRule", RULE], "agent.integration-processor", "agent.processor"),
  },
  {
    name: "a rule that takes all types",
    story: "The rule lets everything of the step before into the queue, which the agent makes dead letters.",
    reaches: [AGENT],
    change: (it) =>
      it.edit(xyz, "EventRule", RULE, (all) => {
        all["eventPattern"] = '{"source":["agent.integration-processor"]}';
      }),
  },
  {
    name: "a queue that EventBridge may not fill",
    story: "The queue's policy names a rule of an earlier deployment.",
    change: (it) =>
      it.statements([xyz, "QueuePolicy", HEARS], "policy", (all) =>
        all.map((one) =>
          one["Sid"] === "Events"
            ? {
                ...one,
                Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-west-1:111122223333:rule/old" } },
              }
            : one,
        ),
      ),
  },
  {
    name: "a key that EventBridge may not use",
    story: "The key's policy lost the statement for events: the bus takes them and delivers none.",
    reaches: [AGENT],
    change: (it) => it.statements([xyz, "Key", "key"], "policy", (all) => all.filter((one) => one["Sid"] !== "Events")),
  },
  {
    name: "a key that archives may not use",
    story: "The key's policy lost the statement for the archive.",
    change: (it) =>
      it.statements([xyz, "Key", "key"], "policy", (all) => all.filter((one) => one["Sid"] !== "EventArchive")),
  },
  {
    name: "an agent that may not say what others hear",
    story: "events:PutEvents was removed from the step before.",
    reaches: [AGENT, "agent-integration-processor"],
    change: (it) => it.remove(xyz, "RolePolicy", "agent-integration-processor-says"),
  },
  {
    name: "an agent that may say another type",
    story: "The condition names the type of an earlier release.",
    reaches: [AGENT, "agent-integration-processor"],
    change: (it) =>
      it.replaceText([xyz, "RolePolicy", "agent-integration-processor-says"], "records.validated", "records.checked"),
  },
  {
    name: "an agent that the bus denies",
    story: "The policy of the bus names the role of an earlier deployment in the place of the agent's.",
    reaches: [AGENT],
    change: (it) =>
      it.replaceText(
        [xyz, "EventBusPolicy", "events"],
        it.arn(xyz, "Role", AGENT),
        `${it.arn(xyz, "Role", AGENT)}-old`,
      ),
  },
  {
    name: "an agent that cannot receive",
    story: "sqs:ReceiveMessage was removed.",
    reaches: [AGENT],
    change: (it) =>
      it.statements([xyz, "RolePolicy", HEARS], "policy", (all) => withoutAction(all, "sqs:ReceiveMessage")),
  },
  {
    name: "an agent that cannot remember what it heard",
    story: "dynamodb:PutItem on its table was removed.",
    reaches: [AGENT],
    change: (it) =>
      it.statements([xyz, "RolePolicy", `${AGENT}-events`], "policy", (all) => withoutAction(all, "dynamodb:PutItem")),
  },
  {
    name: "no role may say events",
    story: "The boundary of all roles lost events:PutEvents.",
    reaches: [AGENT, "agent-integration-processor", "bff-b2b"],
    change: (it) =>
      it.statements([environment, "Policy", "boundary"], "policy", (all) => withoutAction(all, "events:PutEvents")),
  },
  {
    name: "a network without a way to the bus",
    story: "The private endpoint of EventBridge was removed to save its price.",
    reaches: ["events", AGENT],
    change: (it) => it.remove(region, "VpcEndpoint", "endpoints-events"),
  },
  {
    name: "an agent that is told the queue of another one",
    story: "EVENTS_QUEUE_URL is that of the step before.",
    reaches: [AGENT],
    change: (it) =>
      it.replaceText(
        [xyz, "Deployment", AGENT],
        it.output(xyz, "Queue", HEARS, "url"),
        it.output(xyz, "Queue", "agent-integration-processor-hears", "url"),
      ),
  },
  {
    name: "a partner that is told nothing",
    story: "The rule from the last agent to the webhooks was removed.",
    reaches: [AGENT],
    change: (it) => {
      it.remove(xyz, "EventTarget", "bff-b2b-webhooks-wait-data-transformer");
      it.remove(xyz, "EventRule", "bff-b2b-webhooks-wait-data-transformer");
    },
  },
  {
    name: "failed events that are thrown away",
    story: "The queue has no other one for what fails.",
    change: (it) =>
      it.edit(xyz, "Queue", HEARS, (all) => {
        delete all["redrivePolicy"];
      }),
  },
  {
    name: "failed events of which nobody is told",
    story: "The alarm on dead letters was removed.",
    reaches: [`${HEARS}-dead`],
    change: (it) => it.remove(xyz, "MetricAlarm", `${HEARS}-dead`),
  },
  {
    name: "an alarm on events that are a month old",
    story: "The threshold is in milliseconds, the metric in seconds.",
    change: (it) =>
      it.edit(xyz, "MetricAlarm", `${HEARS}-old`, (all) => {
        all["threshold"] = 900_000;
      }),
  },
  {
    name: "a bus that forgets what was said",
    story: "The archive was removed, so that nothing can be said again.",
    reaches: ["events"],
    change: (it) => it.remove(xyz, "EventArchive", "events"),
  },
];
