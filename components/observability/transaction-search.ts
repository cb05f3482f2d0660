import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TRACES_INDEXED_PERCENT } from "../../environments/observability/traces.ts";
import { policyDocument, type Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";

/** The log groups of spans: those of the account, and those of AgentCore's runtimes that have their own. */
const SPANS = ["aws/spans:*", "/aws/application-signals/data:*", "/aws/bedrock-agentcore/runtimes/*"];

/** Where spans and vended logs are kept. */
export interface TransactionSearchArgs {
  readonly place: Place;
}

/** Keeps the region's spans where they can be searched, and lets AWS deliver logs only to the groups meant for them (premise 7). */
export class TransactionSearch extends pulumi.ComponentResource {
  constructor(name: string, { place }: TransactionSearchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:observability:TransactionSearch", name, {}, opts);

    const policy = new aws.cloudwatch.LogResourcePolicy(
      name,
      {
        policyName: "alicerce-deliveries",
        policyDocument: policyDocument([
          writer(place, "xray.amazonaws.com", "xray:", SPANS),
          writer(place, "delivery.logs.amazonaws.com", "logs:", ["/aws/vendedlogs/*", "aws-waf-logs-alicerce-*"]),
        ]),
      },
      { parent: this },
    );
    const kept = new aws.xray.TraceSegmentDestination(
      name,
      { destination: "CloudWatchLogs" },
      { parent: this, dependsOn: [policy] },
    );
    // There is one rule, by this name (AWS X-Ray API, `UpdateIndexingRule`).
    new aws.xray.IndexingRule(
      name,
      { name: "Default", rule: { probabilistic: { desiredSamplingPercentage: TRACES_INDEXED_PERCENT } } },
      { parent: this, dependsOn: [kept] },
    );

    this.registerOutputs({});
  }
}

function writer({ account, region }: Place, service: string, source: string, groups: readonly string[]): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: groups.map((it) => `arn:aws:logs:${region}:${account}:log-group:${it}`),
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:${source}${region}:${account}:*` },
    },
  };
}
