import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scenario } from "../../contracts/scenarios.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";

/** Which gateway it decides for. */
export interface PolicyEngineArgs {
  readonly tenant: string;
  readonly scenario: Scenario;
  readonly key: DataKey;
}

/** What decides which tools may be called through one gateway: none, until a policy permits it (premises 1 and 5). */
export class PolicyEngine extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;

  constructor(name: string, { tenant, scenario, key }: PolicyEngineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:gateway:PolicyEngine", name, {}, opts);

    const engine = new aws.bedrock.AgentcorePolicyEngine(
      name,
      {
        name: `${tenant}_${scenario}`.replaceAll("-", "_"),
        description: `Who may call what through the gateway of ${tenant} for ${scenario}`,
        encryptionKeyArn: key.arn,
      },
      { parent: this },
    );

    this.arn = engine.policyEngineArn;
    this.id = engine.policyEngineId;
    this.registerOutputs({ arn: this.arn });
  }

  /** Lets `role`, of the gateways that match `gateways`, ask the engine; AgentCore wants both named for a decision. */
  grantAuthorize(name: string, role: aws.iam.Role, { account, region }: Place, gateways: string): aws.iam.RolePolicy {
    const gatewayArn = `arn:aws:bedrock-agentcore:${region}:${account}:gateway/${gateways}`;
    const statements = [
      { Effect: "Allow", Action: ["bedrock-agentcore:GetPolicyEngine"], Resource: this.arn },
      {
        Effect: "Allow",
        Action: ["bedrock-agentcore:AuthorizeAction", "bedrock-agentcore:PartiallyAuthorizeActions"],
        Resource: [this.arn, gatewayArn],
      },
    ] as const;
    return grant(name, role, statements, { parent: this });
  }
}
