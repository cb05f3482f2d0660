import { type AgentCaller, agentCallerSchema, type CallerKind } from "../../contracts/agents/caller.ts";
import { ON_BEHALF_OF_HEADER } from "../../contracts/headers.ts";
import type { CallerContext, ClientMetadata } from "../libraries/service-kit/tenant-context.ts";
import type { VerifiedToken } from "../libraries/service-kit/tokens/token-claims.ts";
import { type GatewayRequest, headerValues } from "./messages/event.ts";
import { RequestProblem } from "./messages/request-problem.ts";

/** What the deployment says of a client that is an agent; nothing of it is the agent's own word. */
export interface AgentOfGateway extends ClientMetadata {
  /** On behalf of whom it may call; of nobody where the list is empty. */
  readonly actsFor: readonly CallerKind[];
}

/** Verifies the context token of a person or partner, as a BFF signed it; throws an error that says what is wrong with it. */
export type VerifyPerson = (token: string) => Promise<AgentCaller>;

/** By what it is decided on whose behalf a client calls. */
export interface OnBehalfSources {
  /** The agents among the clients, by client id. */
  readonly agents: Readonly<Record<string, AgentOfGateway>>;
  /** Absent where there is no BFF whose contexts could be accepted. */
  readonly person?: VerifyPerson;
}

/** Makes the verifier of persons of one that verifies context tokens: a person has an id, and a partner an organisation. */
export function personBehind(verify: (token: string) => Promise<CallerContext>): VerifyPerson {
  return async (token) => agentCallerSchema.parse({ roles: [], permissions: [], ...(await verify(token)) });
}

/** What the deployment says of a client, if it is an agent. */
export function agentOf({ agents }: OnBehalfSources, { clientId, userId }: VerifiedToken): AgentOfGateway | undefined {
  return userId === undefined && Object.hasOwn(agents, clientId) ? agents[clientId] : undefined;
}

const HEADER = ON_BEHALF_OF_HEADER.toLowerCase();

/**
 * On whose behalf a request is, or nothing where it shows nobody. What it shows and cannot be accepted is `ERR_PERSON_REFUSED`: the call is
 * never done as the agent's own instead, which may be allowed more than the person.
 */
export async function personOf(
  { headers }: GatewayRequest,
  caller: VerifiedToken,
  sources: OnBehalfSources,
): Promise<AgentCaller | undefined> {
  const values = headerValues(headers, HEADER);
  if (values.length === 0) return undefined;
  const agent = agentOf(sources, caller);
  if (agent === undefined || sources.person === undefined) throw refusal(`${caller.clientId} acts for nobody here`);
  const [token] = values;
  if (typeof token !== "string" || values.length > 1) throw refusal("the header must come once");
  const person = await sources.person(token).catch((cause: unknown) => {
    throw refusal("the context is not accepted", cause);
  });
  if (agent.actsFor.includes(person.kind)) return person;
  throw refusal(`${caller.clientId} acts for no ${person.kind}`);
}

function refusal(reason: string, cause?: unknown): RequestProblem {
  return new RequestProblem("ERR_PERSON_REFUSED", reason, { field: HEADER, cause });
}
