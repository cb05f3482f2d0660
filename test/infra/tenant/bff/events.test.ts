import { describe, expect, it } from "vitest";
import { statements } from "../../../components/planned.ts";
import { resourceOf, resourcesOfType, XYZ } from "../../plans.ts";

const QUEUE = "aws:sqs/queue:Queue";
const ROLE = "aws:iam/role:Role";

const arnOf = (type: string, name: string): unknown => resourceOf(XYZ, type, name).outputs?.["arn"];

describe("the events of a tenant", () => {
  it("are on a bus of its own, under its key, and only its agents and BFFs put them there", () => {
    const bus = resourceOf(XYZ, "aws:cloudwatch/eventBus:EventBus", "events");
    expect(bus.inputs).toMatchObject({
      name: "alicerce-xyz-gmbh",
      kmsKeyIdentifier: arnOf("aws:kms/key:Key", "key"),
    });
    const [denied] = statements(
      resourceOf(XYZ, "aws:cloudwatch/eventBusPolicy:EventBusPolicy", "events").inputs["policy"],
    );
    const speakers = ["agent-coordinator", "agent-integration-processor", "agent-data-transformer", "bff-b2b"];
    expect(denied).toMatchObject({
      Effect: "Deny",
      Action: ["events:PutEvents"],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": speakers.map((it) => arnOf(ROLE, it)) } },
    });
  });

  it("come to each agent from all others, into a queue that hands out to that agent alone", () => {
    const rule = resourceOf(XYZ, "aws:cloudwatch/eventRule:EventRule", "agent-coordinator-hears");
    expect(JSON.parse(String(rule.inputs["eventPattern"]))).toEqual({
      source: [{ "anything-but": "agent.coordinator" }],
    });
    const policy = resourceOf(XYZ, "aws:sqs/queuePolicy:QueuePolicy", "agent-coordinator-hears").inputs["policy"];
    const [denied, allowed] = statements(policy);
    expect(denied).toMatchObject({
      Effect: "Deny",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [arnOf(ROLE, "agent-coordinator")] } },
    });
    expect(allowed).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: ["sqs:SendMessage"],
      Condition: { ArnEquals: { "aws:SourceArn": rule.outputs?.["arn"] } },
    });
  });

  it("come to the webhooks of partners from the agents and from the BFF itself", () => {
    const rule = resourceOf(XYZ, "aws:cloudwatch/eventRule:EventRule", "bff-b2b-webhooks-wait");
    expect(JSON.parse(String(rule.inputs["eventPattern"]))).toEqual({
      source: ["agent.coordinator", "agent.integration-processor", "agent.data-transformer", "bff.b2b"],
    });
    const grants = resourcesOfType(XYZ, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === rule.name);
    expect(grants.flatMap((it) => statements(it.inputs["policy"]))[0]).toMatchObject({
      Action: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
      Resource: arnOf(QUEUE, rule.name),
    });
  });

  it("that nobody can work on are kept in a queue of their own, under the tenant's key as well", () => {
    const queues = resourcesOfType(XYZ, QUEUE);
    const living = queues.filter((it) => !it.name.endsWith("-dead"));
    expect(living.length).toBe(4);
    for (const it of living) {
      const dead = resourceOf(XYZ, QUEUE, `${it.name}-dead`);
      const { deadLetterTargetArn } = JSON.parse(String(it.inputs["redrivePolicy"])) as Record<string, unknown>;
      expect(deadLetterTargetArn).toBe(dead.outputs?.["arn"]);
      expect(dead.inputs["kmsMasterKeyId"]).toBe(it.inputs["kmsMasterKeyId"]);
    }
  });
});
