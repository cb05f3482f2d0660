import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HeardKind } from "../../contracts/agents/choreography.ts";
import { keyUse } from "../data/key-use.ts";
import type { DataKey } from "../encryption/data-key.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { onlyRoles } from "./only-roles.ts";

/** How long a message that nobody could work on is kept, in seconds: SQS's most. */
const KEPT_SECONDS = 1_209_600;

/** How often a message is handed out before it counts as one that nobody can work on. */
const MOST_TRIES = 5;

/** What a role may do with a queue: put messages into it, and take them out of it. */
export const QUEUE_CALLS = {
  send: ["sqs:SendMessage"],
  receive: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
} as const;

/** Who uses a queue, and the events that come into it. */
export interface WorkQueueArgs {
  readonly place: Place;
  readonly key: DataKey;
  /** Longer than working on one message takes, in seconds. */
  readonly visibilitySeconds: number;
  /** The roles that may send to it and receive of it. */
  readonly users: readonly aws.iam.Role[];
  /** The bus whose events come into it, and what of it: a rule for each kind. */
  readonly hears: { readonly busName: pulumi.Input<string>; readonly kinds: readonly HeardKind[] };
}

/** A queue of a tenant, with another one for what nobody could work on: both under the tenant's key, and deaf to all but its roles. */
export class WorkQueue extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  /** The names of the queue, and of the one for what nobody could work on. */
  readonly names: { readonly work: pulumi.Output<string>; readonly dead: pulumi.Output<string> };
  private readonly queue: aws.sqs.Queue;
  private readonly args: WorkQueueArgs;

  constructor(name: string, args: WorkQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:events:WorkQueue", name, {}, opts);
    this.args = args;
    const kmsMasterKeyId = args.key.arn;
    const dead = new aws.sqs.Queue(
      `${name}-dead`,
      { kmsMasterKeyId, messageRetentionSeconds: KEPT_SECONDS },
      { parent: this },
    );
    const redrivePolicy = pulumi.jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: MOST_TRIES });
    const visibilityTimeoutSeconds = args.visibilitySeconds;
    this.queue = new aws.sqs.Queue(
      name,
      { kmsMasterKeyId, redrivePolicy, visibilityTimeoutSeconds, messageRetentionSeconds: KEPT_SECONDS },
      { parent: this },
    );
    this.admit(name, this.queue, this.hear(name, args.hears));
    this.admit(`${name}-dead`, dead, []);

    this.url = this.queue.url;
    this.names = { work: this.queue.name, dead: dead.name };
    this.registerOutputs({ url: this.url });
  }

  /** Lets `role`, which must be one of the users, make those of these calls that are for it to send or to receive. */
  grantCalls(name: string, role: aws.iam.Role, calls: readonly string[]): aws.iam.RolePolicy {
    const { key, place } = this.args;
    const onKey = calls.includes("sqs:SendMessage") ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"];
    const statement = { Effect: "Allow", Action: calls, Resource: this.queue.arn } as const;
    return grant(name, role, [statement, keyUse(key, place, "sqs", onKey)], { parent: this });
  }

  private hear(name: string, { busName, kinds }: WorkQueueArgs["hears"]): readonly aws.cloudwatch.EventRule[] {
    return kinds.map(({ from, type }) => {
      const ruleName = `${name}-${from.replace(/^\w+\./, "")}`;
      const pattern = { source: [from], ...(type !== undefined && { "detail-type": [type] }) };
      const heard = { eventBusName: busName, eventPattern: JSON.stringify(pattern) };
      const rule = new aws.cloudwatch.EventRule(ruleName, heard, { parent: this });
      const target = { eventBusName: busName, rule: rule.name, arn: this.queue.arn };
      new aws.cloudwatch.EventTarget(ruleName, target, { parent: this });
      return rule;
    });
  }

  private admit(name: string, queue: aws.sqs.Queue, rules: readonly aws.cloudwatch.EventRule[]): void {
    const others = rules.length === 0 ? [] : [eventsOf(rules, queue)];
    const policy = onlyRoles(this.args.users, [...QUEUE_CALLS.send, ...QUEUE_CALLS.receive], queue.arn, others);
    new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy }, { parent: this });
  }
}

/** Lets rules of EventBridge put their events into a queue. */
function eventsOf(rules: readonly aws.cloudwatch.EventRule[], queue: aws.sqs.Queue): Statement {
  return {
    Sid: "Events",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["sqs:SendMessage"],
    Resource: queue.arn,
    Condition: { ArnEquals: { "aws:SourceArn": rules.map((it) => it.arn) } },
  };
}
