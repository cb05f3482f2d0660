import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant, serviceRole } from "../identity/service-role.ts";
import type { TenantPool } from "../identity/tenant-pool.ts";
import type { Place } from "../place.ts";
import { AgentToken } from "./agent-token.ts";
import { invokeModel, modelId, type Model } from "./model-access.ts";

/** Who an agent is: its role, and its client. */
export interface AgentIdentityArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly agent: string;
  /** What may assume its role: a service account's pods, or AgentCore Runtime. */
  readonly trust: Statement;
  /** What its host needs of the role besides: nothing on EKS, where nodes pull images. */
  readonly hosting: readonly Statement[];
  readonly pool: TenantPool;
  /** The scopes of the gateways, and of the tenant's agents, that it may call. */
  readonly scopes: readonly pulumi.Output<string[]>[];
  readonly key: DataKey;
  readonly model: Model;
  /** The code that hands out its tokens: an archive whose `index.mjs` exports `handler`. */
  readonly tokenCode: pulumi.asset.Archive;
}

/** One agent's own identity towards AWS (a role) and towards the gateways (a client): no two agents share one (premises 4 and 8). */
export class AgentIdentity extends pulumi.ComponentResource {
  readonly role: aws.iam.Role;
  readonly clientId: pulumi.Output<string>;
  /** Where the secret of its client is kept. */
  readonly clientSecret: aws.secretsmanager.Secret;
  /** What an agent's process must know of itself, as environment variables. */
  readonly environment: Readonly<Record<"MODEL_ID" | "TOKEN_FUNCTION", pulumi.Input<string>>>;

  constructor(name: string, args: AgentIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:agents:AgentIdentity", name, {}, opts);
    const { place, agent, trust, hosting, pool, scopes, key, model } = args;

    this.role = serviceRole(name, { place, description: `Agent ${agent}`, trust }, { parent: this });
    const client = pool.machineClient(name, scopes);
    const token = new AgentToken(
      `${name}-token`,
      { place, tenant: args.tenant, holder: `agent ${agent}`, pool, client, key, code: args.tokenCode },
      { parent: this },
    );
    grant(name, this.role, [...hosting, ...invokeModel(place, model)], { parent: this });
    token.grantInvoke(`${name}-asks`, this.role);

    this.clientId = client.id;
    this.clientSecret = token.secret;
    this.environment = { MODEL_ID: modelId(model), TOKEN_FUNCTION: token.functionName };
    this.registerOutputs({ clientId: this.clientId });
  }
}
