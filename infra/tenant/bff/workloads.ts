import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BffDeployment } from "../../../components/bff/bff-deployment.ts";
import { imageUri } from "../../../components/compute/image-repository.ts";
import type { Runtime } from "../../../components/compute/runtime.ts";
import type { BffEnvironment } from "../../../contracts/bff/environment.ts";
import { A2A_PORT } from "../../../contracts/ports.ts";
import { BFF_SCALE } from "../../../components/bff/bff-scale.ts";
import { USUAL_SIZE } from "../../../environments/capacity/agent-sizes.ts";
import type { ConsumerBffEnvironment } from "../../../services/bff/b2c/config.ts";
import { isRunnable } from "../../artifacts/built-images.ts";
import { type Inputs, variables } from "../../artifacts/service-environment.ts";
import type { Feature } from "../../feature.ts";
import type { RunningAgents } from "../agents/workloads.ts";
import type { ProtectedContext } from "../protection.ts";
import { bffAddress, bffService } from "./bffs.ts";
import type { RegisteredBff } from "./identities.ts";
import { type BffStores, bffStores } from "./stores.ts";

/** The BFFs that run, and where each keeps what it knows. */
export interface RunningBffs extends Feature {
  readonly all: readonly RegisteredBff[];
  readonly stores: readonly BffStores["all"][];
}

/** Runs the BFFs of a tenant's scenarios; those that have no image yet are left out, and named. */
export function tenantBffs(context: ProtectedContext, agents: RunningAgents): RunningBffs {
  const bffs = context.protection.bffs.all.filter((it) => {
    if (isRunnable(it.release.digest)) return true;
    void pulumi.log.warn(
      `BFF "${it.scenario}" is not deployed: the image of its release ${it.release.version} was never built`,
    );
    return false;
  });
  const running = bffs.map((it) => ({ bff: it, stores: bffStores(it, context, context.protection.key) }));
  return {
    all: bffs,
    stores: running.map(({ stores }) => stores.all),
    resources: running.map((it) => deployment(it, context, agents)),
  };
}

interface Running {
  readonly bff: RegisteredBff;
  readonly stores: BffStores;
}

function deployment({ bff, stores }: Running, context: ProtectedContext, agents: RunningAgents): BffDeployment {
  const { address, place, network, cluster, protection, edgeListenerArn: listenerArn, runOpts } = context;
  const service = bffService(bff);
  const called = agents.all.filter((it) => it.agent.scenarios.includes(bff.scenario));
  const { role } = bff.identity;
  const invokes = called.flatMap(({ agent, runtime }) =>
    runtime === undefined ? [] : [runtime.grantInvoke(`${service}-to-${agent.name}`, role)],
  );
  return new BffDeployment(
    service,
    {
      ...{ service, role, listenerArn },
      tenant: address.tenant.id,
      version: bff.release.version,
      imageUri: imageUri(place, service, bff.release.digest),
      namespace: protection.namespace.name,
      clusterName: cluster.name,
      vpcId: network.vpcId,
      host: bffAddress(bff, address).host,
      scale: BFF_SCALE[bff.scenario],
      size: USUAL_SIZE,
      hosts: hostsOf(bff, context),
      environment: environmentOf(bff, context, { stores, called }),
    },
    pulumi.mergeOptions(runOpts, { dependsOn: [...stores.granted, ...invokes] }),
  );
}

/**
 * Every BFF asks for the keys of the tenant's user pool; one in which people sign in exchanges codes at the pool's domain, and that of
 * partners sends webhooks to hosts of the tenant's list.
 */
function hostsOf({ signIn, scenario }: RegisteredBff, context: ProtectedContext): readonly pulumi.Input<string>[] {
  const { pool } = context.protection.pool;
  if (pool === undefined) return [];
  const { webhookHosts = [] } = context.address.tenant;
  return [pool.host, ...(signIn ? [pool.domainHost] : []), ...(scenario === "b2b" ? webhookHosts : [])];
}

interface Used {
  readonly stores: BffStores;
  readonly called: RunningAgents["all"];
}

/** The variables of the process, which are those that its configuration names. */
function environmentOf(
  bff: RegisteredBff,
  context: ProtectedContext,
  used: Used,
): Readonly<Record<string, pulumi.Input<string>>> {
  const all = { ...common(bff, context, used), ...used.stores.tables };
  const { signInProviders } = context.protection.pool;
  return bff.signIn === undefined
    ? ofPartners(bff, context, { all, used })
    : ofConsumers(all, bff.signIn, signInProviders?.names ?? []);
}

interface Shared {
  readonly all: Common & BffStores["tables"];
  readonly used: Used;
}

/** The load balancer is the one proxy before it. */
function ofConsumers(
  all: Shared["all"],
  { id }: aws.cognito.UserPoolClient,
  providers: readonly string[],
): ReturnType<typeof environmentOf> {
  return variables<Omit<ConsumerBffEnvironment, "PROXIES"> & { readonly PROXIES: string }>({
    ...all,
    CLIENT_ID: id,
    SIGN_IN_PROVIDERS: JSON.stringify(providers),
    PROXIES: "1",
  });
}

function ofPartners(
  bff: RegisteredBff,
  context: ProtectedContext,
  { all, used }: Shared,
): ReturnType<typeof environmentOf> {
  const { stores } = used;
  const { webhooks } = context.protection.events.bffQueues;
  const { pool, key, bffSigning } = context.protection;
  return variables({
    ...all,
    CLIENT_ID: bff.identity.clientId,
    DATA_KEY_ARN: key.dataKey.arn,
    ...(pool.pool && { PARTNERS_TOKEN_URL: pool.pool.tokenUrl }),
    ...(stores.bucketName && { UPLOADS_BUCKET: stores.bucketName, AWS_ENDPOINT_URL_S3: context.storeUrls.s3 }),
    ...(webhooks && { WEBHOOKS_QUEUE_URL: webhooks }),
    ...partnerClients(context),
    WEBHOOK_HOSTS: JSON.stringify(context.address.tenant.webhookHosts ?? []),
    ORDER_RULES: JSON.stringify(context.address.tenant.orderRules ?? {}),
    ...(bffSigning.contextKey && { BFF_PUBLIC_KEYS: bffSigning.contextKey.publicKey }),
  });
}

/** Who is behind each client of a partner at the pool: a token says the client alone. */
function partnerClients({ address, protection }: ProtectedContext): Readonly<Record<string, pulumi.Input<string>>> {
  const { all, scopePrefix } = protection.partners;
  if (scopePrefix === undefined) return {};
  const entries = all.map(({ name, identity }) =>
    identity.clientId.apply((id) => [id, { id: name, ...address.tenant.partners?.[name] }] as const),
  );
  const byId = pulumi.all(entries).apply((it) => Object.fromEntries(it));
  return { SCOPE_PREFIX: scopePrefix, PARTNER_CLIENTS: pulumi.jsonStringify(byId) };
}

type Common = Omit<Inputs<BffEnvironment>, "IDEMPOTENCY_TABLE">;

function common(bff: RegisteredBff, context: ProtectedContext, { called }: Used): Common {
  const { address, place, protection, storeUrls } = context;
  const { pool, bffSigning, events } = protection;
  if (pool.pool === undefined || bffSigning.contextKey === undefined || events.busName === undefined)
    throw new TypeError("a BFF is only registered where there is a pool");
  return {
    AWS_REGION: place.region,
    TENANT_ID: address.tenant.id,
    PUBLIC_URL: bffAddress(bff, address).url,
    ISSUER: pool.pool.issuer,
    AGENT_HOSTING: address.environment.agentHosting,
    AGENTS: pulumi.jsonStringify(
      Object.fromEntries(called.map(({ agent, runtime }) => [agent.name, addressOf(agent.name, runtime)])),
    ),
    TOKEN_FUNCTION: bff.identity.tokenFunction,
    CONTEXT_ISSUER: bffSigning.issuer,
    CONTEXT_KEY_ARN: bffSigning.contextKey.arn,
    EVENT_BUS: events.busName,
    AWS_ENDPOINT_URL_DYNAMODB: storeUrls.dynamodb,
    LOG_LEVEL: address.environment.logLevel ?? "INFO",
  };
}

/** Where an agent is called: on Amazon EKS its Service, in the same namespace. */
function addressOf(agent: string, runtime: Runtime | undefined): pulumi.Input<string> {
  return runtime === undefined ? `http://${agent}:${A2A_PORT}` : runtime.arn;
}
