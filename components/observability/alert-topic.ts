import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";

/** Where alerts are, and under which key. */
export interface AlertTopicArgs {
  readonly place: Place;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Who is told: e-mail addresses and HTTPS endpoints. The owner of each confirms it once. */
  readonly subscribers: readonly string[];
}

/** Where the alarms of a region go, and who is told of them; only alarms and rules of its own account may publish. */
export class AlertTopic extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { place, kmsKeyArn, subscribers }: AlertTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:observability:AlertTopic", name, {}, opts);

    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: kmsKeyArn }, { parent: this });
    const policy = policyDocument([
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["sns:Publish"],
        Resource: topic.arn,
        Condition: { StringEquals: { "aws:SourceAccount": place.account } },
      },
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["sns:Publish"],
        Resource: topic.arn,
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:${place.region}:${place.account}:rule/*` } },
      },
    ]);
    new aws.sns.TopicPolicy(name, { arn: topic.arn, policy }, { parent: this });
    for (const endpoint of subscribers) {
      const protocol = endpoint.startsWith("https://") ? "https" : "email";
      new aws.sns.TopicSubscription(`${name}-${endpoint}`, { topic: topic.arn, protocol, endpoint }, { parent: this });
    }

    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
