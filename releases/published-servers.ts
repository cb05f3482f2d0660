import type { CatalogueTrial, InterceptorCatalogue } from "../contracts/interceptor-catalogue.ts";
import { gatewayToolName, SEARCH_TOOL } from "../contracts/tool-names.ts";
import type { Grant, ServerContract } from "../contracts/server-contract.ts";
import { MCP_CONTRACTS } from "./tool-catalogue.ts";
import { type Candidate, MCP_SERVERS, type McpService, type Release, type RetainedRelease } from "./releases.ts";
import type { Scenario } from "../contracts/scenarios.ts";
import major from "semver/functions/major.js";

/** One release of an MCP server, as gateways offer it. */
export interface McpOffer {
  readonly service: string;
  /** Name of the server in its context tokens, and of its repository of images. */
  readonly server: string;
  readonly release: Release | RetainedRelease | Candidate;
  /** What the gateways put before the names of its tools. */
  readonly targetName: string;
  readonly contract: ServerContract;
}

/** A release on trial, which has a target of its own that callers cannot name. */
export interface CandidateOffer extends McpOffer {
  readonly release: Candidate;
}

/** The release data, and what is known of the servers in it. */
export interface McpData {
  readonly servers: Readonly<Record<string, McpService>>;
  readonly contracts: Readonly<Record<string, Readonly<Record<string, ServerContract>>>>;
}

const SHIPPED: McpData = { servers: MCP_SERVERS, contracts: MCP_CONTRACTS };

/** What is shipped, with the tools that one tenant has beside those of a contract: what `tools` says for a major of a server. */
export function dataWithTools(
  tools: (of: { readonly service: string; readonly major: number }) => ServerContract["tools"],
  { servers, contracts }: McpData = SHIPPED,
): McpData {
  const extended = Object.entries(contracts).map(([service, majors]) => [
    service,
    Object.fromEntries(
      Object.entries(majors).map(([it, contract]) => {
        const own = tools({ service, major: Number(it) });
        return [it, { ...contract, tools: { ...own, ...contract.tools } }];
      }),
    ),
  ]);
  return { servers, contracts: Object.fromEntries(extended) as McpData["contracts"] };
}

/** Tool of the gateways themselves, which finds tools by meaning; the interceptor filters what it finds. */
const SEARCH_GRANT = {
  [SEARCH_TOOL]: { scope: "mcp:read", permission: "read:tools", classification: "internal" },
} as const;

/** What a gateway of a scenario offers. */
export function offersOf(scenario: Scenario, data: McpData = SHIPPED): readonly McpOffer[] {
  return servicesOf(scenario, data).flatMap((it) => offersOfService(it, data));
}

/** All that runs behind a gateway of a scenario: what it offers, and last what is on trial there. */
export function deployedFor(scenario: Scenario, data: McpData = SHIPPED): readonly McpOffer[] {
  return [...offersOf(scenario, data), ...candidatesOf(scenario, data)];
}

function candidatesOf(scenario: Scenario, data: McpData): readonly CandidateOffer[] {
  return servicesOf(scenario, data).flatMap((it) => candidateOfService(it, data) ?? []);
}

function servicesOf(scenario: Scenario, { servers }: McpData): readonly string[] {
  return Object.keys(servers).filter((it) => servers[it]?.scenarios.includes(scenario));
}

/** The retained releases of a server: the newest under the server's own name, older ones with their major, so that callers can stay on one. */
export function offersOfService(service: string, data: McpData = SHIPPED): readonly McpOffer[] {
  const releases: readonly (McpOffer["release"] | undefined)[] = data.servers[service]?.releases ?? [];
  return releases
    .filter((it) => it !== undefined)
    .map((release, index) => {
      const targetName = index === 0 ? service : `${service}-v${major(release.version)}`;
      return offer(service, release, targetName, data);
    });
}

/** The release of a server that is on trial, to which interceptors send a share of the newest release's callers. */
export function candidateOfService(service: string, data: McpData = SHIPPED): CandidateOffer | undefined {
  const candidate = data.servers[service]?.candidate;
  if (candidate === undefined) return undefined;
  return { ...offer(service, candidate, `${service}-candidate`, data), release: candidate };
}

function offer(service: string, release: McpOffer["release"], targetName: string, { contracts }: McpData): McpOffer {
  const contract = contracts[service]?.[major(release.version)];
  if (contract === undefined)
    throw new TypeError(`there is no contract of ${service} ${release.version}: run \`npm run build\``);
  return { service, server: `mcp-${service}`, release, targetName, contract };
}

/** A tool as a gateway names it, and what it takes to call it. */
export interface OfferedTool extends Grant {
  readonly name: string;
}

/** The tools of a gateway that offers all this. */
export function toolsOf(offers: readonly McpOffer[]): readonly OfferedTool[] {
  return offers.flatMap(({ targetName, contract }) => named(targetName, contract.tools));
}

/** What the interceptor of a scenario's gateway is told of what is behind it: the content of its `catalogue.json`. */
export function interceptorCatalogue(scenario: Scenario, data: McpData = SHIPPED): InterceptorCatalogue {
  const offers = offersOf(scenario, data);
  // The newest release comes first, and where several offer the same address it is the one that is read.
  const resources = offers
    .toReversed()
    .flatMap(({ targetName: target, contract }) =>
      Object.entries(contract.resources).map(([prefix, grant]) => [prefix, { target, ...grant }] as const),
    );
  const prompts = offers.flatMap(({ targetName, contract }) => named(targetName, contract.prompts));
  return {
    servers: Object.fromEntries(offers.map(({ targetName, server }) => [targetName, server])),
    tools: { ...SEARCH_GRANT, ...byName(toolsOf(offers)) },
    prompts: byName(prompts),
    resources: Object.fromEntries(resources),
    routes: {},
    trials: Object.fromEntries(candidatesOf(scenario, data).map((it) => [it.service, trialOf(it, offers)])),
  };
}

/** A candidate takes over the tools that the newest release has, too, for the same scope and data: no call fails for being tried. */
function trialOf(
  { service, targetName, release, contract }: CandidateOffer,
  offers: readonly McpOffer[],
): CatalogueTrial {
  const newest = offers.find((it) => it.targetName === service)?.contract.tools ?? {};
  const tools = Object.entries(contract.tools)
    .filter(([name, it]) => newest[name] !== undefined && isSame(newest[name], it))
    .map(([name]) => name);
  return { target: targetName, percent: release.weight, tools };
}

function isSame(one: Grant, other: Grant): boolean {
  return (
    one.scope === other.scope && one.permission === other.permission && one.classification === other.classification
  );
}

function named(target: string, grants: Readonly<Record<string, Grant>>): readonly OfferedTool[] {
  return Object.entries(grants).map(([name, grant]) => ({ name: gatewayToolName(target, name), ...grant }));
}

function byName(tools: readonly OfferedTool[]): Readonly<Record<string, Grant>> {
  return Object.fromEntries(tools.map(({ name, ...grant }) => [name, grant]));
}
