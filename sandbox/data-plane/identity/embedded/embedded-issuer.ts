import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { endServer, listenOnLoopback } from "../../loopback-server.ts";
import { type DeveloperIssuers, type KnownClient, realmLocations } from "../developers.ts";
import { demoPeople, type Person } from "../people.ts";
import type { PlannedRealm } from "../planned-realm.ts";
import { realmProvider } from "./realm-provider.ts";
import { signIn } from "../sign-in.ts";
import { SignInGuard } from "../sign-in-guard.ts";

/** Whose realms to serve, and to whom. */
export interface EmbeddedIssuerOptions {
  readonly realms: readonly PlannedRealm[];
  /** A free one by default. */
  readonly port?: number;
  /** One password for all people; by default each has one of their own, of this run. */
  readonly password?: string;
  readonly clients?: readonly KnownClient[];
  /** Who else can sign in. */
  readonly people?: readonly Person[];
}

interface Mounted {
  readonly realm: PlannedRealm;
  readonly provider: Provider;
  readonly guard: SignInGuard;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Serves the realms of several tenants as Keycloak does, in this process and from npm alone. */
export async function startEmbeddedIssuer(options: EmbeddedIssuerOptions): Promise<DeveloperIssuers> {
  const { realms, port = 0, password, clients = [] } = options;
  const tenantIds = realms.map((it) => it.tenantId);
  const people = [...demoPeople(tenantIds, password), ...(options.people ?? [])];
  const mounted = new Map<string, Mounted>();
  const server = createServer((request, response) => {
    route(request, response, mounted).catch((error: unknown) => {
      process.emitWarning(String(error));
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const origin = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  const issuerOf = realmLocations(origin, tenantIds);
  for (const realm of realms) {
    const ofTenant = <Item extends { readonly tenantId: string }>(items: readonly Item[]): readonly Item[] =>
      items.filter((it) => it.tenantId === realm.tenantId);
    const { issuer } = issuerOf(realm.tenantId);
    const own = { realm, people: ofTenant(people) };
    const provider = await realmProvider({ ...own, issuer, clients: ofTenant(clients) });
    const guard = new SignInGuard(own.people, realm);
    mounted.set(realm.tenantId, { realm, provider, guard, answer: provider.callback() });
  }
  const stop = () => endServer(server);
  return { software: "oidc-provider", issuerOf, people, stop };
}

const METADATA = /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))(\/realms\/[^/?]+)$/;

/** RFC 8414 puts the well-known part before the issuer's path, OpenID Connect after it. */
function withoutInsertion(url: string): string {
  return url.replace(METADATA, "$2$1");
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  mounted: ReadonlyMap<string, Mounted>,
): Promise<void> {
  const url = withoutInsertion(request.url ?? "");
  const [, tenantId = "", rest = ""] = /^\/realms\/([^/?]+)(\/.*)$/.exec(url) ?? [];
  const realm = mounted.get(tenantId);
  if (realm === undefined || !isOurs(request)) {
    response.writeHead(404).end();
  } else if (rest.startsWith("/interaction/")) {
    await signIn(request, response, { tenantId, ...realm });
  } else if (!isPreflight(request, response, realm.realm, rest)) {
    await realm.answer(Object.assign(request, { url: rest, baseUrl: `/realms/${tenantId}` }), response);
  }
}

/** A page elsewhere that points its own name at this machine gets nothing (DNS rebinding). */
function isOurs({ headers, socket }: IncomingMessage): boolean {
  return ["127.0.0.1", "localhost"].some((host) => headers.host === `${host}:${socket.localPort}`);
}

/** Tells browsers which pages may register clients, and answers them when that is all they ask. */
function isPreflight(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { registration }: PlannedRealm,
  path: string,
): boolean {
  const origin = headers.origin ?? "";
  if (!path.startsWith("/clients-registrations/") || !registration.webOrigins.includes(origin)) return false;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("vary", "Origin");
  if (method !== "OPTIONS") return false;
  response.setHeader("access-control-allow-headers", "authorization, content-type");
  response.setHeader("access-control-allow-methods", "DELETE, GET, POST, PUT");
  response.writeHead(204).end();
  return true;
}
