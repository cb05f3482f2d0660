import type { LookupFunction } from "node:net";
import { errors, type Agent } from "undici";
import type { BackendRequest, Reply } from "../api.ts";
import { networksOf } from "../../../libraries/guarded-http/address.ts";
import { guardedAgent } from "../../../libraries/guarded-http/guarded-agent.ts";
import { ApiProblem } from "../api-problem.ts";
import { type Authentication, NO_PROOF, type Proof, proofOf } from "./authentication.ts";
import type { BackendSettings } from "./backend-settings.ts";
import type { Credentials } from "./credentials.ts";
import { exchange } from "./exchange.ts";
import { withoutAddresses, withoutSecrets } from "./redaction.ts";
import { type Resilience, resilienceOf } from "./resilience.ts";

/** What a backend needs besides where it is. */
export interface BackendOptions {
  readonly name: string;
  readonly authentication?: Authentication;
  readonly credentials: Credentials;
  /** How names become addresses; the system's way by default. */
  readonly lookup?: LookupFunction;
}

/** Who waits for an answer. */
export interface Caller {
  readonly correlationId: string;
  readonly signal: AbortSignal;
}

/** The backend of one API: what is sent to it and what comes back, guarded both ways. */
export class Backend {
  readonly name: string;
  private readonly baseUrl: URL;
  private readonly allowedHosts: ReadonlySet<string>;
  private readonly agent: Agent;
  private readonly resilience: Resilience;
  private readonly credentials: Credentials;
  private readonly authentication: Authentication | undefined;
  private readonly secretName: string | undefined;

  constructor(settings: BackendSettings, { name, authentication, credentials, lookup }: BackendOptions) {
    if ((authentication === undefined) !== (settings.secretName === undefined))
      throw new TypeError(`backend "${name}" must name a secret exactly if its API authenticates`);
    this.name = name;
    this.baseUrl = new URL(settings.baseUrl);
    this.allowedHosts = new Set(settings.allowedHosts);
    const openedNetworks = networksOf(settings.dangerouslyAllowedNetworks);
    this.agent = guardedAgent({
      openedNetworks,
      ...(settings.onlyNetworks && { onlyNetworks: networksOf(settings.onlyNetworks) }),
      refusal,
      ...(lookup !== undefined && { lookup }),
    });
    this.resilience = resilienceOf(settings);
    this.credentials = credentials;
    this.authentication = authentication;
    this.secretName = settings.secretName;
  }

  /** Throws an `ApiProblem` when there is no answer; an answer that says no is one. */
  async send(asked: BackendRequest, { correlationId, signal }: Caller): Promise<Reply> {
    const { agent, baseUrl, allowedHosts } = this;
    const proof = await this.prove();
    try {
      const reply = await this.resilience.run(asked, signal, (attemptSignal) =>
        exchange(asked, { agent, baseUrl, allowedHosts, proof, correlationId, signal: attemptSignal }),
      );
      if (reply.status === 401 && this.secretName !== undefined) this.credentials.forget(this.secretName);
      return { ...reply, text: withoutSecrets(reply.text, proof.secrets) };
    } catch (error) {
      throw this.problemOf(error, signal);
    }
  }

  /** What an error of this backend may tell a caller: not where it is. */
  publicText(text: string): string {
    return withoutAddresses(text, this.baseUrl.hostname);
  }

  /** Ends its connections. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async prove(): Promise<Proof> {
    if (this.authentication === undefined || this.secretName === undefined) return NO_PROOF;
    return proofOf(this.authentication, await this.credentials.read(this.secretName));
  }

  private problemOf(error: unknown, signal: AbortSignal): Error {
    if (error instanceof ApiProblem) return error;
    if (signal.aborted && signal.reason instanceof Error) return signal.reason;
    const problem = (code: ConstructorParameters<typeof ApiProblem>[0], message: string) =>
      new ApiProblem(code, `"${this.name}" ${message}`, { cause: error });
    if (!(error instanceof Error)) return problem("ERR_BACKEND_UNREACHABLE", "cannot be reached");
    if ("isBrokenCircuitError" in error) return problem("ERR_BACKEND_OPEN", "keeps failing; try again later");
    if ("isBulkheadRejectedError" in error) return problem("ERR_BACKEND_BUSY", "has too many calls; try again");
    if (error instanceof errors.ResponseExceededMaxSizeError)
      return problem("ERR_ANSWER_TOO_LARGE", "answered more than is received; ask for less");
    return problem("ERR_BACKEND_UNREACHABLE", "cannot be reached");
  }
}

function refusal(reason: string): ApiProblem {
  return new ApiProblem("ERR_ADDRESS_REFUSED", "the backend has an address that may not be called", { reason });
}
