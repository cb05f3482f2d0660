import { document, type Planted, STACKS, type Values } from "../environment.ts";

const { acme, xyz } = STACKS;
const HEARS = "agent-data-transformer-hears";
const RULE = `${HEARS}-integration-processor`;
const SAYS = "agent-data-transformer-says";

const withCondition = (Condition: unknown) => (all: Values[]) => all.map((it): Values => ({ ...it, Condition }));

/** Events that others hear, that others say, or that somebody says in another one's name. */
export const eventLeaks: readonly Planted[] = [
  {
    name: "a rule into another tenant's queue",
    story: "Events of xyz-gmbh go into the queue of acme-corp's agent.",
    change: (it) =>
      it.edit(xyz, "EventTarget", RULE, (all) => {
        all["arn"] = it.arn(acme, "Queue", HEARS);
      }),
  },
  {
    name: "a queue that another tenant's rule fills",
    story: "The policy of xyz-gmbh's queue lets a rule of acme-corp send.",
    change: (it) =>
      it.statements([xyz, "QueuePolicy", HEARS], "policy", (all) =>
        all.map((one) =>
          one["Sid"] === "Events"
            ? { ...one, Condition: { ArnEquals: { "aws:SourceArn": it.arn(acme, "EventRule", RULE) } } }
            : one,
        ),
      ),
  },
  {
    name: "a queue that another tenant's agent reads",
    story: "acme-corp's agent is granted xyz-gmbh's queue, and the queue's policy denies it no longer.",
    change: (it) => {
      it.grant(acme, "agent-data-transformer", "sqs:ReceiveMessage", it.arn(xyz, "Queue", HEARS));
      it.statements([xyz, "QueuePolicy", HEARS], "policy", (all) => all.filter((one) => one["Effect"] !== "Deny"));
    },
  },
  {
    name: "a bus on which another tenant's agent says events",
    story: "acme-corp's agent is granted xyz-gmbh's bus.",
    change: (it) =>
      it.grant(acme, "agent-data-transformer", "events:PutEvents", it.arn(xyz, "EventBus", "events"), {
        Condition: { StringEquals: { "events:source": "agent.data-transformer" } },
      }),
  },
  {
    name: "a bus that lets another tenant's role in",
    story: "The policy of xyz-gmbh's bus allows acme-corp's agent to put events.",
    change: (it) =>
      it.statements([xyz, "EventBusPolicy", "events"], "policy", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: { AWS: it.arn(acme, "Role", "agent-data-transformer") },
          Action: "events:PutEvents",
          Resource: it.arn(xyz, "EventBus", "events"),
        },
      ]),
  },
  {
    name: "an agent in another one's name",
    story: "The step after may say events as the step before.",
    change: (it) =>
      it.statements(
        [xyz, "RolePolicy", SAYS],
        "policy",
        withCondition({ StringEquals: { "events:source": "agent.integration-processor" } }),
      ),
  },
  {
    name: "an agent in any name",
    story: "The condition on the source was removed while somebody looked for a fault.",
    change: (it) => it.statements([xyz, "RolePolicy", SAYS], "policy", withCondition(undefined)),
  },
  {
    name: "an agent in the names of all agents",
    story: "StringLike agent.* was shorter to write.",
    change: (it) =>
      it.statements([xyz, "RolePolicy", SAYS], "policy", withCondition({ StringLike: { "events:source": "agent.*" } })),
  },
  {
    name: "an agent that speaks as the BFF",
    story: "The data transformer may say what partners and the BFF say, by which other agents work.",
    change: (it) =>
      it.statements(
        [xyz, "RolePolicy", SAYS],
        "policy",
        withCondition({ StringEquals: { "events:source": "bff.b2b" } }),
      ),
  },
  {
    name: "an agent that says events and has none to say",
    story: "The coordinator, to which any consumer talks, may put events on the bus.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.grant(xyz, "agent-coordinator", "events:PutEvents", it.arn(xyz, "EventBus", "events"), {
        Condition: { StringEquals: { "events:source": "agent.coordinator" } },
      }),
  },
  {
    name: "events of the account's own bus",
    story: "The rule of an agent is on the default bus, where events of all tenants are.",
    change: (it) =>
      it.edit(xyz, "EventRule", RULE, (all) => {
        all["eventBusName"] = "default";
      }),
  },
  {
    name: "an archive under AWS's own key",
    story: "What was said is kept for fourteen days, and the tenant's key does not protect it.",
    change: (it) =>
      it.edit(xyz, "EventArchive", "events", (all) => {
        delete all["kmsKeyIdentifier"];
      }),
  },
  {
    name: "an archive of another tenant's bus",
    story: "acme-corp keeps what is said on xyz-gmbh's bus.",
    change: (it) =>
      it.edit(acme, "EventArchive", "events", (all) => {
        all["eventSourceArn"] = it.arn(xyz, "EventBus", "events");
      }),
  },
  {
    name: "what an agent has heard is read by another one",
    story: "The coordinator may read the table of the data transformer.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.grant(xyz, "agent-coordinator", "dynamodb:GetItem", it.arn(xyz, "Table", "agent-data-transformer-events")),
  },
  {
    name: "dead letters that everybody reads",
    story: "The policy of the queue for what failed lets every principal receive.",
    change: (it) =>
      it.edit(xyz, "QueuePolicy", `${HEARS}-dead`, (all) => {
        const arn = it.arn(xyz, "Queue", `${HEARS}-dead`);
        all["policy"] = document([{ Effect: "Allow", Principal: "*", Action: "sqs:ReceiveMessage", Resource: arn }]);
      }),
  },
];
