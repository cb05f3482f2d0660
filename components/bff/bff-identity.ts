import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AgentToken } from "../agents/agent-token.ts";
import type { ContextKey } from "../compute/context-key.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { type PodIdentity, serviceRole, trustPods } from "../identity/service-role.ts";
import type { TenantPool } from "../identity/tenant-pool.ts";
import type { Place } from "../place.ts";

/** Who a BFF is: its role, its client, and the key by which it says who calls. */
export interface BffIdentityArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly scenario: string;
  readonly pods: PodIdentity;
  readonly pool: TenantPool;
  /** The scopes by which the tenant's agents are called. */
  readonly scopes: readonly pulumi.Output<string[]>[];
  readonly key: DataKey;
  /** Signs what the BFF verified about its callers. */
  readonly signing: ContextKey;
  /** The code that hands out its tokens: an archive whose `index.mjs` exports `handler`. */
  readonly tokenCode: pulumi.asset.Archive;
}

/** One BFF's own identity: towards AWS by a role, towards agents by a client of the pool and by what it signs (premises 4 and 8). */
export class BffIdentity extends pulumi.ComponentResource {
  readonly role: aws.iam.Role;
  readonly clientId: pulumi.Output<string>;
  /** Where the secret of its client is kept. */
  readonly clientSecret: aws.secretsmanager.Secret;
  /** The function that hands out its tokens. */
  readonly tokenFunction: pulumi.Output<string>;

  constructor(name: string, args: BffIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:bff:BffIdentity", name, {}, opts);
    const { place, tenant, scenario, pods, pool, scopes, key, signing, tokenCode: code } = args;
    const description = `BFF ${scenario}`;
    this.role = serviceRole(name, { place, description, trust: trustPods(place, pods) }, { parent: this });
    const client = pool.machineClient(name, scopes);
    const holder = { place, tenant, holder: description, pool, client, key, code };
    const token = new AgentToken(`${name}-token`, holder, { parent: this });
    token.grantInvoke(`${name}-asks`, this.role);
    signing.grantSign(`${name}-signs`, this.role);

    this.clientId = client.id;
    this.clientSecret = token.secret;
    this.tokenFunction = token.functionName;
    this.registerOutputs({ clientId: this.clientId });
  }
}
