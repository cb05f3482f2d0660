import type * as pulumi from "@pulumi/pulumi";
import { TenantDocuments } from "../../../components/data/tenant-documents.ts";
import { APIS_KEY, apisObject } from "../../../environments/apis/apis-object.ts";
import { OFFERS_OWN_APIS, offeredTo } from "../../../environments/apis/own-tools.ts";
import { candidateOfService, type McpOffer, offersOfService } from "../../../releases/published-servers.ts";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import type { Feature } from "../../feature.ts";
import type { TenantAddress, TenantContext } from "../context.ts";
import { digestOf } from "../../artifacts/built-bundle.ts";
import type { TenantStores } from "./stores.ts";

/** The server that reads what is offered. */
const READER = "development";

/** What a deployment writes into the tenant's bucket. */
export interface WrittenDocuments extends Feature {
  /** The tenant's own APIs: the key of the object, once it is there, and the digest of its text. */
  readonly apis: { readonly key: pulumi.Input<string>; readonly digest: string };
}

/** Writes down what the tenant's MCP servers offer, for its developers, and its own APIs, for the server before APIs; whether the premises hold is for a judge to write. */
export function tenantDocuments({ address, opts }: TenantContext, { bucket }: TenantStores): WrittenDocuments {
  const services = servicesOf(address);
  const contracts = JSON.stringify({ servers: offersTo(address).map(contractOf) });
  const apis = apisObject(address.tenant);
  const documents = new TenantDocuments(
    "documents",
    {
      bucket,
      documents: {
        ...(services.includes(READER) && { "documents/contracts.json": contracts }),
        ...(services.includes(OFFERS_OWN_APIS.service) && { [APIS_KEY]: apis }),
      },
    },
    opts,
  );
  const key = documents.keys.get(APIS_KEY) ?? APIS_KEY;
  return { apis: { key, digest: digestOf(Buffer.from(apis)) }, resources: [documents] };
}

function servicesOf({ tenant }: TenantAddress): readonly string[] {
  return Object.keys(MCP_SERVERS).filter((it) =>
    MCP_SERVERS[it]?.scenarios.some((of) => tenant.scenarios.some((own) => own === of)),
  );
}

function offersTo(address: TenantAddress): readonly McpOffer[] {
  const data = offeredTo(address.tenant);
  return servicesOf(address)
    .flatMap((service) => [...offersOfService(service, data), candidateOfService(service, data)])
    .filter((it) => it !== undefined);
}

/** As the development server reads it. */
function contractOf({ service, release, targetName, contract }: McpOffer): object {
  return { name: service, version: release.version, target: targetName, ...contract };
}
