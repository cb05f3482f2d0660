import * as z from "zod";
import { MCP_SERVERS } from "../../releases/releases.ts";
import { internalApis } from "../networks/internal-apis.ts";
import { type Environments, fileOf, type Found } from "../networks/found.ts";
import { shown } from "../wording.ts";
import { documentFaults, LARGEST_DOCUMENT } from "./document-faults.ts";
import { documentPlace, documentText } from "./documents.ts";
import { nameFaultsOf, type OwnApi, ownApis } from "./own-api.ts";
import { ownApiPlace } from "./own-api-places.ts";
import { OFFERS_OWN_APIS } from "./own-tools.ts";

const tenants = z.object({
  tenants: z.record(
    z.string(),
    z.object({
      scenarios: z.array(z.unknown()).optional(),
      apis: z.unknown().optional(),
      internalApis: z.unknown().optional(),
    }),
  ),
});

type Tenants = z.infer<typeof tenants>["tenants"];

/** The APIs of tenants' own have names, hosts and documents that fit: what a server would refuse when it starts is refused before anything is planned. */
export function ownApiFaults(name: string, all: Environments): readonly Found[] {
  const own = tenants.safeParse(all[name]).data?.tenants ?? {};
  return Object.entries(own).flatMap(([id, tenant]) => {
    const { data: apis } = ownApis.safeParse(tenant.apis);
    if (apis === undefined) return [];
    const at = ["tenants", id, "apis"];
    const internal = internalApis.safeParse(tenant.internalApis).data;
    const faults = [
      ...unservedFaults(tenant),
      ...nameFaultsOf(apis),
      ...Object.entries(apis).flatMap(([api, it]) => [
        ...hostFaults(it, internal?.[api]?.host, { id, own, all }).map((fault) => [[api, "host"], fault] as const),
        ...faultsOfDocument(id, { apis, ...(internal && { internalApis: internal }) }, api).map(
          (fault) => [[api, "document"], fault] as const,
        ),
      ]),
    ];
    return faults.map(([key, fault]): Found => [[...at, ...key], fault]);
  });
}

/** Without the server that offers them, nothing does. */
function unservedFaults({ scenarios = [] }: Tenants[string]): readonly (readonly [readonly string[], string])[] {
  const served: readonly string[] = MCP_SERVERS[OFFERS_OWN_APIS.service]?.scenarios ?? [];
  if (scenarios.some((it) => served.includes(String(it)))) return [];
  return [[[], `nothing offers them: the tenant has none of the scenarios ${served.join(", ")}`]];
}

function hostFaults(
  { host }: OwnApi,
  internal: string | undefined,
  { id, own, all }: { readonly id: string; readonly own: Tenants; readonly all: Environments },
): readonly string[] {
  if (host === undefined)
    return internal === undefined ? ["is missing, and `internalApis` does not say it either"] : [];
  if (internal !== undefined) return [`${shown(host)} cannot be, for \`internalApis\` says ${shown(internal)}`];
  const domains = Object.entries(all).flatMap(([environment, it]) => {
    const domain = z.object({ domain: z.string() }).safeParse(it).data?.domain;
    return domain !== undefined && isBelow(host, domain) ? [environment] : [];
  });
  const hidden = Object.entries(own)
    .filter(([other]) => other !== id)
    .flatMap(([other, it]) =>
      Object.entries(internalApis.safeParse(it.internalApis).data ?? {})
        .filter(([, { host: one }]) => isBelow(host, one))
        .map(([api]) => `tenants.${other}.internalApis.${api}`),
    );
  return [
    ...domains.map((it) => `${shown(host)} is a name of the platform: it is below the domain of ${fileOf(it)}`),
    ...hidden.map((it) => `${shown(host)} is below the host of ${it}`),
  ];
}

function faultsOfDocument(tenant: string, data: Parameters<typeof ownApiPlace>[0], name: string): readonly string[] {
  const api = data.apis?.[name];
  const place = ownApiPlace(data, name);
  if (api === undefined || place === undefined) return [];
  const file = documentPlace(tenant, api.document);
  const text = documentText(tenant, api.document);
  if (text === undefined) return [`${file} must be a file of at most ${LARGEST_DOCUMENT} bytes`];
  return documentFaults(text, { baseUrl: place.baseUrl, operations: api.operations }).map((it) => `${file}: ${it}`);
}

/** Whether a name is the other one, or below it. */
function isBelow(name: string, other: string): boolean {
  return name === other || name.endsWith(`.${other}`);
}
