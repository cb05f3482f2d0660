import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CedarPolicy } from "./cedar-policies.ts";
import type { Gateway } from "./gateway.ts";
import type { PolicyEngine } from "./policy-engine.ts";

/** What is permitted through which gateway. */
export interface GatewayPoliciesArgs {
  readonly gateway: Gateway;
  readonly engine: PolicyEngine;
  readonly policies: readonly CedarPolicy[];
  /** The gateway's targets: policies name tools, which a gateway knows once its targets exist. */
  readonly targets: readonly pulumi.Resource[];
}

/** Permits what may be called through a gateway (premise 1); apart from its engine, which must exist before any target does. */
export class GatewayPolicies extends pulumi.ComponentResource {
  constructor(
    name: string,
    { gateway, engine, policies, targets }: GatewayPoliciesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("alicerce:gateway:GatewayPolicies", name, {}, opts);

    for (const it of policies) {
      new aws.bedrock.AgentcorePolicy(
        `${name}-${it.name.replaceAll("_", "-")}`,
        {
          name: it.name,
          policyEngineId: engine.id,
          definition: { cedar: { statement: gateway.arn.apply(it.statement) } },
          validationMode: "FAIL_ON_ANY_FINDINGS",
        },
        { parent: this, dependsOn: [...targets] },
      );
    }

    this.registerOutputs({});
  }
}
