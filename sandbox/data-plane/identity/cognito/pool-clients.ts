import { randomBytes } from "node:crypto";
import { isSame } from "../people.ts";
import type { PlannedPool } from "./planned-pool.ts";
import { PoolProblem } from "./pool-problem.ts";

/** A client of a user pool. */
export interface PoolClient {
  readonly name: string;
  readonly clientId: string;
  /** Of machines only. */
  readonly clientSecret?: string;
  readonly scopes: readonly string[];
  readonly tokenLifetimeSeconds: number;
  readonly grants: readonly ("client_credentials" | "authorization_code" | "refresh_token")[];
  readonly redirectUris: readonly string[];
}

/** Where those are answered on this machine who sign in at a pool. */
export interface SignInAddresses {
  /** The app that consumers use, which no plan knows. */
  readonly app: readonly string[];
  /** The applications of the plan: the BFF for consumers. */
  readonly bff: readonly string[];
}

/** The machines of the plan with secrets of this run, its applications, and the app that consumers use, if there is a gateway for them. */
export function poolClients(plan: PlannedPool, { app, bff }: SignInAddresses): PoolClient[] {
  const { machines, applications, resourceServers } = plan;
  const consumed = resourceServers.filter((it) => it.scenario === "b2c").flatMap((it) => it.scopes);
  const consumer: PoolClient = {
    name: "consumer",
    clientId: identifier(),
    scopes: consumed,
    tokenLifetimeSeconds: 900,
    grants: ["authorization_code", "refresh_token"],
    redirectUris: app,
  };
  const ofMachines = machines.map((it): PoolClient => {
    const clientSecret = randomBytes(38).toString("base64url");
    return { ...it, clientId: identifier(), clientSecret, grants: ["client_credentials"], redirectUris: [] };
  });
  const ofPeople = applications.map((it): PoolClient => {
    const grants = ["authorization_code", "refresh_token"] as const;
    return { ...it, clientId: identifier(), grants, redirectUris: bff };
  });
  return [...ofMachines, ...ofPeople, ...(consumed.length > 0 && app.length > 0 ? [consumer] : [])];
}

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

/** An id in the form of Cognito's. */
export function identifier(length = 26): string {
  return [...randomBytes(length)].map((it) => ALPHABET[it % ALPHABET.length]).join("");
}

/** Who asks for a token (RFC 6749, 2.3.1), by the header or by the form but not by both. */
export function authenticate(
  clients: readonly PoolClient[],
  authorization: string | undefined,
  form: URLSearchParams,
): PoolClient {
  const basic = authorization === undefined ? undefined : basicCredentials(authorization);
  if (basic !== undefined && form.has("client_secret")) throw new PoolProblem("invalid_request");
  const { id, secret } = basic ?? { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  const client = clients.find((it) => it.clientId === id);
  if (client === undefined || !isSame(secret, client.clientSecret ?? "")) throw new PoolProblem("invalid_client");
  return client;
}

function basicCredentials(authorization: string): { readonly id: string; readonly secret: string } {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? [];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? "", "base64").toString("utf8")) ?? [];
  if (id === undefined || secret === undefined) throw new PoolProblem("invalid_client");
  try {
    return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) };
  } catch (cause) {
    throw new PoolProblem("invalid_client", { cause });
  }
}

/** The scopes that a client gets: those it asks for, or all of its own if it asks for none. */
export function grantedScopes({ scopes }: PoolClient, asked: string | null): readonly string[] {
  const wanted = asked?.split(" ").filter((it) => it !== "") ?? [];
  if (!wanted.every((it) => scopes.includes(it))) throw new PoolProblem("invalid_scope");
  return wanted.length === 0 ? scopes : [...new Set(wanted)];
}
