import type { JWTPayload } from "jose";
import * as z from "zod";
import { IDENTIFIER } from "../../../../contracts/identifiers.ts";
import { TokenError } from "../problem.ts";
import type { CallerContext, ClientMetadata } from "../tenant-context.ts";

/** As many as there are hops that are verified, and some more. */
const LONGEST_CHAIN = 4;

const sub = z.string().regex(IDENTIFIER.clientId);

/** One actor, and the one through whom it was reached before. */
interface Act {
  readonly sub: string;
  readonly act?: Act | undefined;
}

const actSchema: z.ZodType<Act> = z.strictObject({ sub, act: z.lazy(() => actSchema).optional() });

const metadataSchema = z.strictObject({
  agent_type: z.string().regex(IDENTIFIER.role),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  deployment_env: z.string().regex(IDENTIFIER.role),
});

/** The claim `act` (RFC 8693, section 4.1) of actors, the nearest first. */
export function actClaim(actors: readonly string[]): object | undefined {
  return actors.reduceRight<object | undefined>(
    (act, it) => ({ sub: it, ...(act !== undefined && { act }) }),
    undefined,
  );
}

/** The claim `client_metadata` (specification, 5.1). */
export function metadataClaim({ agentType, version, deploymentEnv }: ClientMetadata): z.infer<typeof metadataSchema> {
  return { agent_type: agentType, version, deployment_env: deploymentEnv };
}

/** Reads both claims; throws `TokenError` where one is of another form, or the chain is longer than any that is signed. */
export function actorsIn({ act, client_metadata: metadata }: JWTPayload): Pick<CallerContext, "actors" | "client"> {
  return {
    ...(act !== undefined && { actors: chainOf(act) }),
    ...(metadata !== undefined && { client: metadataOf(metadata) }),
  };
}

function chainOf(claim: unknown): readonly string[] {
  const actors: string[] = [];
  let next = isDeeperThan(claim, LONGEST_CHAIN) ? undefined : actSchema.safeParse(claim).data;
  if (next === undefined) throw new TokenError("ERR_TOKEN_CLAIM", "act is no chain of actors", { claim: "act" });
  for (; next !== undefined; next = next.act) actors.push(next.sub);
  return actors;
}

/** Asked before the claim is read, which goes as deep as it does. */
function isDeeperThan(claim: unknown, depth: number): boolean {
  if (typeof claim !== "object" || claim === null || !("act" in claim)) return false;
  return depth <= 1 || isDeeperThan(claim.act, depth - 1);
}

function metadataOf(claim: unknown): ClientMetadata {
  const { data } = metadataSchema.safeParse(claim);
  if (data === undefined)
    throw new TokenError("ERR_TOKEN_CLAIM", "client_metadata has another form", { claim: "client_metadata" });
  return { agentType: data.agent_type, version: data.version, deploymentEnv: data.deployment_env };
}
