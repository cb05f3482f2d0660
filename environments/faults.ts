import * as z from "zod";
import { nearest } from "./nearest.ts";
import { modelsOf } from "./models.ts";
import { AGENTS, MCP_SERVERS } from "../releases/releases.ts";
import { RESIDENCIES, residencies, ZONE_IDS } from "./residency.ts";
import { environmentSchema, scenarios, tenantId } from "./schema.ts";
import { ownApiFaults } from "./apis/own-api-faults.ts";
import { type Environments, fileOf, type Found, type Key } from "./networks/found.ts";
import { internalApiFaults } from "./networks/internal-api-faults.ts";
import { nearFaults } from "./networks/near-faults.ts";
import { overlapFaults } from "./networks/overlap-faults.ts";
import { transitGatewayFaults } from "./networks/transit-gateway-faults.ts";
import { noneOf, shown } from "./wording.ts";

/** Something wrong with the data of an environment. */
export interface Fault {
  /** From the root of the checkout. */
  readonly file: string;
  /** The way to the value, such as `tenants.acme-corp.scenarios[1]`. */
  readonly key: string;
  /** The value, what it must be, and the nearest valid one where there is one. */
  readonly message: string;
}

/** All that is wrong with the environment `name` of `all`: in itself, beside the others, and in the tables that all of them share; empty when it is sound. */
export function faultsOf(name: string, all: Environments): readonly Fault[] {
  const it = all[name];
  const at = (key: Key, message: string): Fault => ({ file: fileOf(name), key: keyText(key), message });
  return [
    ...issuesOf(environmentSchema, it).map(([key, message]) => at(key, message)),
    ...nameFaults(name, it).map((message) => at(["name"], message)),
    ...missingModels(it).map(([key, message]) => at(key, message)),
    ...tenantFaults(it).map(([key, message]) => at(key, message)),
    ...sharedWithOthers(name, all).map(([key, message]) => at(key, message)),
    ...overlapFaults(name, all).map(([key, message]) => at(key, message)),
    ...internalApiFaults(name, all).map(([key, message]) => at(key, message)),
    ...nearFaults(it).map(([key, message]) => at(key, message)),
    ...ownApiFaults(name, all).map(([key, message]) => at(key, message)),
    ...transitGatewayFaults(name, all).map(([key, message]) => at(key, message)),
    ...TABLES.flatMap(({ file, faults }) => faults().map(([key, message]) => ({ file, key: keyText(key), message }))),
  ];
}

/** What a schema finds, one fault for each wrong value. */
function issuesOf(schema: z.ZodType, value: unknown): readonly Found[] {
  return (schema.safeParse(value).error?.issues ?? []).flatMap((issue): readonly Found[] => {
    if (issue.code !== "unrecognized_keys") return [[issue.path, issue.message]];
    return issue.keys.map((key) => {
      const [near] = nearest(key, issue.message.split(", "), 1);
      const meant = near === undefined ? "" : `: did you mean "${near}"?`;
      return [[...issue.path, key], `is no key here${meant} (valid: ${issue.message})`];
    });
  });
}

/** A file, its environment and its entry in `environments/index.ts` bear one name. */
function nameFaults(name: string, it: unknown): readonly string[] {
  const own = z.object({ name: z.string() }).safeParse(it).data?.name;
  return own === undefined || own === name
    ? []
    : [`${shown(own)}: did you mean "${name}"? (it must be the file's name)`];
}

const placed = z.object({
  regions: z.record(z.string(), z.unknown()),
  tenants: z.record(z.string(), z.unknown()),
});
const place = z.object({ residency: z.enum(residencies as [string]), regions: z.array(z.string()) });

/** A tenant has an id that fits everywhere, and its regions are of its residency and deployed. */
function tenantFaults(it: unknown): readonly Found[] {
  const { regions: deployed = {}, tenants = {} } = placed.safeParse(it).data ?? {};
  return Object.entries(tenants).flatMap(([id, tenant]) => {
    const key = ["tenants", id];
    return [
      ...issuesOf(tenantId, id).map(([, message]) => [key, message] as const),
      ...placeFaults(tenant, Object.keys(deployed)).map(([i, message]) => [[...key, "regions", i], message] as const),
    ];
  });
}

/** Agents of every residency that an environment has tenants of have a model. */
function missingModels(it: unknown): readonly Found[] {
  const { tenants = {} } = placed.safeParse(it).data ?? {};
  const models = z.object({ models: z.record(z.string(), z.unknown()) }).safeParse(it).data?.models;
  const asked = Object.values(tenants).map((tenant) => place.safeParse(tenant).data?.residency);
  if (models === undefined) return [];
  return residencies
    .filter((residency) => asked.includes(residency) && models[residency] === undefined)
    .map((residency) => [["models", residency], noneOf(undefined, modelsOf(residency))]);
}

function placeFaults(tenant: unknown, deployed: readonly string[]): readonly (readonly [index: number, string])[] {
  const { residency, regions = [] } = place.safeParse(tenant).data ?? {};
  if (residency === undefined) return [];
  const allowed: readonly string[] = RESIDENCIES[residency as keyof typeof RESIDENCIES];
  return regions.flatMap((region, i): readonly (readonly [number, string])[] => {
    if (!Object.hasOwn(ZONE_IDS, region)) return [];
    const message = allowed.includes(region)
      ? notDeployed(region, allowed, deployed)
      : `${shown(region)}: data of residency "${residency}" may only be in ${allowed.join(", ")}`;
    return message === undefined ? [] : [[i, message]];
  });
}

function notDeployed(region: string, allowed: readonly string[], deployed: readonly string[]): string | undefined {
  if (deployed.includes(region)) return undefined;
  const valid = deployed.filter((it) => allowed.includes(it));
  const instead = valid.length === 0 ? "none of its residency is" : `deployed here: ${valid.join(", ")}`;
  return `${shown(region)} is not deployed in this environment; ${instead}`;
}

/** Two environments never share an account or a domain. */
function sharedWithOthers(name: string, all: Environments): readonly Found[] {
  return (["account", "domain"] as const).flatMap((key): readonly Found[] => {
    const own = textAt(all[name], key);
    const other = Object.keys(all).find((it) => it !== name && own !== undefined && textAt(all[it], key) === own);
    return other === undefined ? [] : [[[key], `${shown(own)} is the ${key} of ${fileOf(other)}, too`]];
  });
}

function textAt(it: unknown, key: string): string | undefined {
  return z.object({ [key]: z.string() }).safeParse(it).data?.[key];
}

/** What all environments share. */
const TABLES: readonly { readonly file: string; readonly faults: () => readonly Found[] }[] = [
  { file: "environments/residency.ts", faults: zoneFaults },
  {
    file: "releases/releases.ts",
    faults: () => [...serviceFaults("MCP_SERVERS", MCP_SERVERS), ...serviceFaults("AGENTS", AGENTS)],
  },
];

/** Zones are three different ones of their region: `use1-az4` is one of `us-east-1`. */
function zoneFaults(): readonly Found[] {
  return Object.entries(ZONE_IDS).flatMap(([region, zones]) =>
    zones.flatMap((zone: string, i): readonly Found[] => {
      const key = ["ZONE_IDS", region, i];
      const prefix = `${zonePrefixOf(region)}-az`;
      if (!new RegExp(`^${prefix}[1-9]$`).test(zone)) {
        const like = `${prefix}${/\d$/.exec(zone)?.[0] ?? "1"}`;
        return [[key, `${shown(zone)} must be a zone of ${region}, such as "${like}"`]];
      }
      return (zones as readonly string[]).indexOf(zone) === i ? [] : [[key, `${shown(zone)} is there twice`]];
    }),
  );
}

/** `ap-southeast-1` is `apse1` in the ids of its zones. */
function zonePrefixOf(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  const short = direction.replaceAll(/(north|south|east|west|central)/g, (it) => it.charAt(0));
  return `${area}${short}${number}`;
}

function serviceFaults(table: string, services: Environments): readonly Found[] {
  const schema = z.record(z.string(), z.object({ scenarios }));
  return issuesOf(schema, services).map(([key, message]) => [[table, ...key], message]);
}

function keyText(key: Key): string {
  return key.reduce<string>(
    (text, it) => (typeof it === "number" ? `${text}[${it}]` : `${text}${text === "" ? "" : "."}${String(it)}`),
    "",
  );
}
