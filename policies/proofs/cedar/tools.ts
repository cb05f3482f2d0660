import type { Scope } from "../../../contracts/scopes.ts";
import { SEARCH_TOOL, gatewayToolName } from "../../../contracts/tool-names.ts";
import { MCP_CONTRACTS } from "../../../releases/tool-catalogue.ts";
import { OFFERS_OWN_APIS, ownTools } from "../../../environments/apis/own-tools.ts";
import { TAG } from "../../../contracts/tags.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { majorOf } from "../../facts/versions.ts";
import { named } from "../isolation/references.ts";
import type { GuardedGateway } from "./engines.ts";

/** The tools behind a gateway by the names that it gives them, with the scope that the published contract of each demands. */
export interface OfferedTools {
  readonly scopes: ReadonlyMap<string, Scope>;
  /** Targets whose server has no published contract: what their tools are called is not known. */
  readonly withoutContract: readonly string[];
}

/** What the targets of a gateway offer. */
export function offeredTools(gateway: GuardedGateway, platform: Platform, record: Recorder): OfferedTools {
  const scopes = new Map<string, Scope>([[SEARCH_TOOL, "mcp:read"]]);
  const withoutContract: string[] = [];
  const id = gateway.resource.resource.outputs?.["gatewayId"];
  for (const target of gateway.stack.ofType(TYPE.gatewayTarget)) {
    record.guarded({ resource: target, stack: gateway.stack }, () => {
      if (target.text("gatewayIdentifier") !== id) return;
      const name = target.text("name") ?? "";
      const tools = contractOf({ resource: target, stack: gateway.stack }, platform);
      if (tools === undefined) withoutContract.push(name);
      else for (const [tool, { scope }] of Object.entries(tools)) scopes.set(gatewayToolName(name, tool), scope);
    });
  }
  return { scopes, withoutContract };
}

/** The tools of the contract of the server that a target leads to, by the service and the version of its runtime. */
function contractOf(
  target: Placed,
  platform: Platform,
): Readonly<Record<string, { readonly scope: Scope }>> | undefined {
  const runtime = named(target, platform).find(({ thing }) => thing.resource.type === TYPE.runtime)?.thing.resource;
  const [service, major] = [runtime?.tag(TAG.service) ?? "", majorOf(runtime?.tag(TAG.version))];
  const tools = MCP_CONTRACTS[service]?.[String(major)]?.tools;
  return tools && { ...broughtTools(target, service, major), ...tools };
}

/** The tools of the APIs that the target's tenant brings. */
function broughtTools({ stack }: Placed, service: string, major: number | undefined): ReturnType<typeof ownTools> {
  if (service !== OFFERS_OWN_APIS.service || major === undefined || stack.address.layer !== "tenant") return {};
  return ownTools(stack.address.tenant, { service, major });
}
