import { GRANT, told } from "../cut-edits.ts";
import { type Edit, set, statementsIn } from "../edits.ts";

const HEARS = "agent-data-transformer-hears";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

const pattern = (name: string, value: object): Edit => ({
  type: RULE,
  name,
  change: set(["eventPattern"], JSON.stringify(value)),
});

/** For each hop of an event to an agent and from it, an edit that cuts it. */
export const AGENTS_HEAR_EVENTS: Readonly<Record<string, Edit>> = {
  queue: told("agent-data-transformer", "EVENTS_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/111122223333/events"),
  bus: told("agent-data-transformer", "EVENT_BUS", "default"),
  rule: pattern(`${HEARS}-integration-processor`, {
    source: ["agent.integration-processor"],
    "detail-type": ["records.processed"],
  }),
  target: {
    type: TARGET,
    name: `${HEARS}-integration-processor`,
    change: (it) => (it["arn"] = String(it["arn"]).replace("data-transformer", "coordinator")),
  },
  only: pattern(`${HEARS}-integration-processor`, { source: ["agent.integration-processor"] }),
  policy: {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    name: HEARS,
    change: (it) => (it["policy"] = String(it["policy"]).replace(/rule\/alicerce-[^"]+/, "rule/alicerce-other/rule")),
  },
  key: {
    type: "aws:kms/key:Key",
    name: "key",
    change: statementsIn("policy", (all) => all.filter(({ Sid }) => Sid !== "Events")),
  },
  teller: {
    type: GRANT,
    name: "agent-integration-processor-says",
    change: statementsIn("policy", (all) =>
      all.map((it) => ({ ...it, Condition: { StringEquals: { "events:source": "agent.coordinator" } } })),
    ),
  },
  listener: pattern("bff-b2b-webhooks-wait-data-transformer", { source: ["agent.customer-support"] }),
};
