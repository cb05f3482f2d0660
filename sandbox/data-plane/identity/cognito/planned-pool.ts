import * as z from "zod";
import type { Plan } from "../../../../plan/model.ts";

/** The scopes of one gateway, by which a token is bound to it. */
export interface PlannedResourceServer {
  /** The gateway's scenario. */
  readonly scenario: string;
  /** What goes before the scopes. */
  readonly identifier: string;
  /** The full names of the scopes. */
  readonly scopes: readonly string[];
}

/** A machine that gets tokens for itself. */
export interface PlannedMachine {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly tokenLifetimeSeconds: number;
}

/** An application in which people sign in by code and PKCE; it has no secret. */
export interface PlannedApplication {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly tokenLifetimeSeconds: number;
}

/** A tenant's user pool, as its stack plans it for the cloud. */
export interface PlannedPool {
  readonly tenantId: string;
  readonly region: string;
  readonly resourceServers: readonly PlannedResourceServer[];
  readonly machines: readonly PlannedMachine[];
  readonly applications: readonly PlannedApplication[];
}

const poolInputs = z.object({
  name: z.string(),
  lambdaConfig: z.object({ preTokenGenerationConfig: z.object({ lambdaVersion: z.literal("V3_0") }) }),
});
const serverInputs = z.object({
  identifier: z.string(),
  scopes: z.array(z.object({ scopeName: z.string() })),
});
const clientInputs = z.object({
  name: z.string(),
  allowedOauthFlowsUserPoolClient: z.literal(true),
  allowedOauthScopes: z.array(z.string()),
  accessTokenValidity: z.number(),
  tokenValidityUnits: z.object({ accessToken: z.literal("minutes") }),
});
const machineInputs = clientInputs.extend({
  generateSecret: z.literal(true),
  allowedOauthFlows: z.tuple([z.literal("client_credentials")]),
});
const applicationInputs = clientInputs.extend({
  generateSecret: z.literal(false),
  allowedOauthFlows: z.tuple([z.literal("code")]),
});
const eitherInputs = z.union([machineInputs, applicationInputs]);

/**
 * Reads the user pool of a tenant's stack, planned with everything known; throws `TypeError` when the stack has none, and
 * `ZodError` when it has one that means something else than is understood here.
 */
export function plannedPool(plan: Plan): PlannedPool {
  const [, region] = plan.stack.split(".");
  const inputsOf = (type: string) => plan.resources.filter((it) => it.type === type);
  const [pool] = inputsOf("aws:cognito/userPool:UserPool");
  if (pool === undefined || region === undefined) throw new TypeError(`${plan.stack} has no user pool`);
  const clients = inputsOf("aws:cognito/userPoolClient:UserPoolClient").map(({ inputs }) => eitherInputs.parse(inputs));
  const of = (hasSecret: boolean) => clients.filter((it) => it.generateSecret === hasSecret).map(clientOf);
  return {
    tenantId: poolInputs.parse(pool.inputs).name,
    region,
    resourceServers: inputsOf("aws:cognito/resourceServer:ResourceServer").map(({ name, inputs }) => {
      const { identifier, scopes } = serverInputs.parse(inputs);
      return { scenario: name, identifier, scopes: scopes.map((it) => `${identifier}/${it.scopeName}`) };
    }),
    machines: of(true),
    applications: of(false),
  };
}

function clientOf({ name, allowedOauthScopes, accessTokenValidity }: z.output<typeof clientInputs>): PlannedMachine {
  return { name, scopes: allowedOauthScopes, tokenLifetimeSeconds: accessTokenValidity * 60 };
}
