import { readFile } from "node:fs/promises";
import { importPKCS8 } from "jose";
import { serviceLog } from "../shared/log.ts";
import { remoteKeys } from "../shared/token-keys.ts";
import { tokenVerifier } from "../shared/token.ts";
import type { TokenVerifier } from "../shared/token.ts";
import { catalogueSchema } from "./catalogue.ts";
import type { Config } from "./config.ts";
import { tenantDirectory } from "./directory.ts";
import { isRecord } from "./event.ts";
import type { Extension } from "./extension.ts";
import { interceptor } from "./interceptor.ts";
import type { Dependencies, Interceptor, Invocation } from "./interceptor.ts";
import { quota } from "./quota.ts";
import type { CounterFactory } from "./quota.ts";

/** What Lambda tells of an invocation, as far as it is read here. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly clientContext?: unknown;
}

/** Makes the interceptor that a configuration describes, on the counters of a store that all instances share. */
export async function interceptorOf(
  config: Config,
  { secret, parameter }: Extension,
  counter: CounterFactory,
): Promise<Interceptor> {
  const catalogue = catalogueSchema.parse(JSON.parse(await readFile(config.CATALOGUE_FILE, "utf8")));
  const key = await importPKCS8(await secret(config.CONTEXT_KEY_SECRET), "ES256");
  const servers = [...new Set(Object.values(catalogue.servers))];
  const dependencies: Dependencies = {
    tenantId: config.TENANT_ID,
    scenario: config.SCENARIO,
    scopes: config.SCOPES,
    resourceMetadataUrl: config.RESOURCE_METADATA_URL,
    verify: verifierOf(config),
    directory: tenantDirectory(async (tenantId) => {
      const entry = await parameter(`${config.TENANT_DIRECTORY}/${tenantId}`);
      return entry === undefined ? undefined : (JSON.parse(entry) as unknown);
    }),
    quota: quota(counter),
    catalogue,
    signer: { issuer: config.CONTEXT_ISSUER, key, keyId: config.CONTEXT_KEY_ID, servers },
    write: (line) => void process.stdout.write(`${line}\n`),
    log: serviceLog("gateway-interceptor"),
    now: Date.now,
  };
  return interceptor(dependencies);
}

function verifierOf({ AUDIENCE, CLIENTS, SCOPE_PREFIX, ...config }: Config): TokenVerifier {
  const options = {
    profile: config.ISSUER_PROFILE,
    issuer: config.ISSUER,
    keys: remoteKeys({ url: new URL(config.JWKS_URL) }),
    tenantId: config.TENANT_ID,
    scopes: config.SCOPES,
  };
  if (CLIENTS !== undefined && SCOPE_PREFIX !== undefined) {
    return tokenVerifier({
      ...options,
      clients: CLIENTS,
      scopePrefix: SCOPE_PREFIX,
      ...(AUDIENCE !== undefined && { audience: AUDIENCE }),
    });
  }
  if (AUDIENCE === undefined) throw new TypeError("AUDIENCE must be set");
  return tokenVerifier({ ...options, audience: AUDIENCE, ...(CLIENTS && { clients: CLIENTS }) });
}

/** What the gateway says of an invocation in Lambda's client context; without it every try is a call of its own. */
export function invocationOf({ awsRequestId, clientContext }: LambdaContext): Invocation {
  const context = isRecord(clientContext) ? clientContext : {};
  const custom = isRecord(context["custom"]) ? context["custom"] : {};
  const { REQUEST_ID: requestId, SOURCE_IP: sourceIp } = { ...context, ...custom };
  return {
    requestId: typeof requestId === "string" && requestId !== "" ? requestId : awsRequestId,
    ...(typeof sourceIp === "string" && { sourceIp }),
  };
}
