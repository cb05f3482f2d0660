import { describe, expect, it } from "vitest";
import { statements } from "../../../components/planned.ts";
import { resourceOf, resourcesOfType, XYZ } from "../../plans.ts";

const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const BUS = "aws:cloudwatch/eventBus:EventBus";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ROLE = "aws:iam/role:Role";
const HEARS = "agent-data-transformer-hears";

const arnOf = (type: string, name: string): unknown => resourceOf(XYZ, type, name).outputs?.["arn"];
const patternOf = (name: string): unknown => JSON.parse(String(resourceOf(XYZ, RULE, name).inputs["eventPattern"]));
const grantsOf = (name: string) =>
  resourcesOfType(XYZ, "aws:iam/rolePolicy:RolePolicy")
    .filter((it) => it.name === name)
    .flatMap((it) => statements(it.inputs["policy"]));

describe("the events of a tenant", () => {
  it("are on a bus of its own, under its key, and only those put them there who say some", () => {
    const bus = resourceOf(XYZ, BUS, "events");
    expect(bus.inputs).toMatchObject({ name: "alicerce-xyz-gmbh", kmsKeyIdentifier: arnOf("aws:kms/key:Key", "key") });
    const [denied] = statements(
      resourceOf(XYZ, "aws:cloudwatch/eventBusPolicy:EventBusPolicy", "events").inputs["policy"],
    );
    const speakers = ["agent-integration-processor", "agent-data-transformer", "bff-b2b"];
    expect(denied).toMatchObject({
      Effect: "Deny",
      Action: ["events:PutEvents"],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": speakers.map((it) => arnOf(ROLE, it)) } },
    });
  });

  it("are said by each in its own name, by agents of the types of their contract alone", () => {
    const saying = (Condition: object) => [
      {
        Effect: "Allow",
        Action: ["events:PutEvents"],
        Resource: arnOf(BUS, "events"),
        Condition: { StringEquals: Condition },
      },
    ];
    expect(grantsOf("bff-b2b-says")).toEqual(saying({ "events:source": "bff.b2b" }));
    expect(grantsOf("agent-data-transformer-says")).toEqual(
      saying({ "events:source": "agent.data-transformer", "events:detail-type": ["records.processed"] }),
    );
    expect(grantsOf("agent-coordinator-says")).toEqual([]);
  });

  it("can be said again for fourteen days, from an archive under the tenant's key", () => {
    expect(resourceOf(XYZ, "aws:cloudwatch/eventArchive:EventArchive", "events").inputs).toEqual({
      name: "alicerce-xyz-gmbh",
      eventSourceArn: arnOf(BUS, "events"),
      kmsKeyIdentifier: arnOf("aws:kms/key:Key", "key"),
      retentionDays: 14,
    });
  });

  it("come to an agent by a rule for each kind that it hears, into a queue that hands out to that agent alone", () => {
    const rule = resourceOf(XYZ, RULE, `${HEARS}-integration-processor`);
    expect(patternOf(rule.name)).toEqual({
      source: ["agent.integration-processor"],
      "detail-type": ["records.validated"],
    });
    expect(patternOf("agent-integration-processor-hears-b2b")).toEqual({
      source: ["bff.b2b"],
      "detail-type": ["partner.records.sent"],
    });
    const [denied, allowed] = statements(resourceOf(XYZ, QUEUE_POLICY, HEARS).inputs["policy"]);
    expect(denied).toMatchObject({
      Effect: "Deny",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [arnOf(ROLE, "agent-data-transformer")] } },
    });
    expect(allowed).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: ["sqs:SendMessage"],
      Condition: { ArnEquals: { "aws:SourceArn": [rule.outputs?.["arn"]] } },
    });
    expect(rule.outputs?.["arn"]).toContain(":rule/alicerce-xyz-gmbh/");
  });

  it("come to the webhooks of partners from agents that say some, and from the BFF itself", () => {
    const rules = resourcesOfType(XYZ, RULE).filter(({ name }) => name.startsWith("bff-b2b-webhooks-wait"));
    expect(rules.map(({ name }) => patternOf(name))).toEqual(
      ["agent.integration-processor", "agent.data-transformer", "bff.b2b"].map((it) => ({ source: [it] })),
    );
    expect(grantsOf("bff-b2b-webhooks-wait")[0]).toMatchObject({
      Action: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
      Resource: arnOf(QUEUE, "bff-b2b-webhooks-wait"),
    });
  });

  it("that nobody can work on are kept in a queue of their own, under the tenant's key as well, and somebody is told", () => {
    const queues = resourcesOfType(XYZ, QUEUE);
    const living = queues.filter((it) => !it.name.endsWith("-dead"));
    expect(living.map(({ name }) => name)).toEqual([
      "agent-integration-processor-hears",
      HEARS,
      "bff-b2b-webhooks-wait",
    ]);
    for (const it of living) {
      const dead = resourceOf(XYZ, QUEUE, `${it.name}-dead`);
      const { deadLetterTargetArn } = JSON.parse(String(it.inputs["redrivePolicy"])) as Record<string, unknown>;
      expect(deadLetterTargetArn).toBe(dead.outputs?.["arn"]);
      expect(dead.inputs["kmsMasterKeyId"]).toBe(it.inputs["kmsMasterKeyId"]);
      expect(resourceOf(XYZ, ALARM, `${it.name}-dead`).inputs).toMatchObject({
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: dead.outputs?.["name"] },
        threshold: 0,
      });
      expect(resourceOf(XYZ, ALARM, `${it.name}-old`).inputs).toMatchObject({
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: it.outputs?.["name"] },
      });
    }
  });

  it("that an agent has heard are remembered in a table of its own, which it alone may use", () => {
    const table = resourceOf(XYZ, "aws:dynamodb/table:Table", "agent-data-transformer-events");
    expect(table.inputs["serverSideEncryption"]).toMatchObject({ kmsKeyArn: arnOf("aws:kms/key:Key", "key") });
    const using = resourcesOfType(XYZ, "aws:iam/rolePolicy:RolePolicy").filter((it) =>
      String(it.inputs["policy"]).includes(String(table.outputs?.["arn"])),
    );
    const roles = using.filter(({ name }) => !name.startsWith("backups")).map((it) => it.inputs["role"]);
    expect(roles).toEqual([resourceOf(XYZ, ROLE, "agent-data-transformer").outputs?.["name"]]);
  });
});
