import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scenario } from "../../contracts/scenarios.ts";
import type { ContextKey } from "../compute/context-key.ts";
import { lambdaFunction, lambdaLogGroup } from "../compute/lambda-function.ts";
import type { TenantTable } from "../data/tenant-table.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import { functionAlarms } from "../observability/function-alarms.ts";
import type { Place } from "../place.ts";

/** Which gateway it stands behind, and what it works with. */
export interface InterceptorArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly scenario: Scenario;
  readonly key: DataKey;
  readonly contextKey: ContextKey;
  readonly table: TenantTable;
  /** An archive whose `index.mjs` exports `handler`, with the gateway's catalogue beside it. */
  readonly code: pulumi.asset.Archive;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Who hears that it fails: without it no call goes through. */
  readonly alertTopicArn: pulumi.Input<string>;
}

/**
 * The function that says who calls (premises 1 and 5), before and after every call of one gateway. It is not in the tenant's network:
 * all that it calls (the issuer's keys, DynamoDB, KMS) is outside, and a role in a network must be allowed to make interfaces in any.
 */
export class Interceptor extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** Where its audit lines are. */
  readonly logGroupName: string;

  constructor(name: string, args: InterceptorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:gateway:Interceptor", name, {}, opts);
    const { tenant, scenario, contextKey, table } = args;
    const grants = (role: aws.iam.Role): readonly pulumi.Resource[] => [
      contextKey.grantSign(`${name}-context`, role),
      table.grantCount(`${name}-table`, role),
    ];
    const description = `Interceptor of the gateway of ${tenant} for ${scenario}`;

    const it = lambdaFunction(name, { ...args, description, memorySize: 512, grants }, { parent: this });
    functionAlarms(name, { functionName: it.name, topicArn: args.alertTopicArn }, { parent: this });

    this.arn = it.arn;
    this.logGroupName = lambdaLogGroup(args, name);
    this.registerOutputs({ arn: this.arn });
  }

  /** Lets `role`, which must be the gateway's, call the function. */
  grantInvoke(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    const statement = { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: this.arn } as const;
    return grant(name, role, [statement], { parent: this });
  }
}
