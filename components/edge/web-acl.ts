import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { WebAclRule } from "./web-acl-rules.ts";

/** What a web ACL lets through, and where it says what it saw. */
export interface WebAclArgs {
  readonly description: string;
  /** In the order in which they are asked; the first that blocks decides. */
  readonly rules: readonly WebAclRule[];
  /** The key of its logs. */
  readonly kmsKeyArn: pulumi.Input<string>;
}

/** Headers that hold credentials. */
const CREDENTIALS = ["authorization", "cookie", "x-amz-security-token"];

/** What stands before the ways in from the internet of one region: it refuses attacks and floods, and keeps a record without credentials. */
export class WebAcl extends pulumi.ComponentResource {
  /** Its ARN, once it keeps a record. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { description, rules, kmsKeyArn }: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:edge:WebAcl", name, {}, opts);
    const acl = new aws.wafv2.WebAcl(
      name,
      {
        name: `alicerce-${name}`,
        description,
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: metrics(rule.name) })),
        visibilityConfig: metrics(`alicerce-${name}`),
      },
      { parent: this },
    );
    const logging = this.record(name, acl, kmsKeyArn);

    this.arn = pulumi.all([acl.arn, logging.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }

  /** AWS writes only to log groups whose names begin so (AWS WAF developer guide, "CloudWatch Logs"). */
  private record(name: string, acl: aws.wafv2.WebAcl, kmsKeyId: pulumi.Input<string>): pulumi.CustomResource {
    const group = new aws.cloudwatch.LogGroup(
      name,
      { name: `aws-waf-logs-alicerce-${name}`, kmsKeyId, retentionInDays: 365 },
      { parent: this },
    );
    return new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [group.arn],
        redactedFields: [...CREDENTIALS.map((it) => ({ singleHeader: { name: it } })), { queryString: {} }],
      },
      { parent: this },
    );
  }
}

/** Samples show whole requests with their credentials in the console, so there are none. */
function metrics(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
