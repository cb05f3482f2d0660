import * as aws from "@pulumi/aws";
import { BFF_SCENARIOS, type BffScenario, bffHosts } from "../../contracts/bff/hosts.ts";
import { keycloakHosts } from "../../contracts/identity/keycloak.ts";
import { RESIDENCIES } from "../../environments/residency.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionEdge } from "./edge.ts";
import { regionHealth } from "./health.ts";
import type { RegionObservability } from "./observability.ts";

/** What the names lead to, and who is told when it is gone. */
export interface NamesUpstream {
  readonly edge: RegionEdge;
  readonly observability: RegionObservability;
}

/**
 * Declares the region's names. That of Keycloak is the issuer of its tokens, so it never leads to another region; those of the BFFs, of
 * all tenants together, lead to the primary region of the residency, or to the standby while the primary is not healthy.
 */
export function regionNames(context: RegionContext, upstream: NamesUpstream): Feature {
  const { address, zoneId, provider } = context;
  const { region, environment } = address;
  const aliases = aliasesOf(upstream);
  const identity = new aws.route53.Record(
    "identity",
    { zoneId, name: keycloakHosts(region, environment.domain).issuer, type: "A", aliases },
    { provider },
  );
  const healthCheckId = regionHealth(context, upstream).id;
  const bffs = BFF_SCENARIOS.map((it) => bffRecord(it, context, { aliases, healthCheckId }));
  return { resources: [identity, ...bffs] };
}

function aliasesOf({ edge }: NamesUpstream): aws.types.input.route53.RecordAlias[] {
  const { dnsName, zoneId } = edge.balancer.balancer;
  return [{ name: dnsName, zoneId, evaluateTargetHealth: true }];
}

function bffRecord(
  scenario: BffScenario,
  { address, residency, zoneId, provider }: RegionContext,
  where: Pick<aws.route53.RecordArgs, "aliases" | "healthCheckId">,
): aws.route53.Record {
  const { region, environment } = address;
  const isPrimary = RESIDENCIES[residency][0] === region;
  return new aws.route53.Record(
    `bff-${scenario}`,
    {
      ...where,
      zoneId,
      name: bffHosts({ scenario, residency, domain: environment.domain }),
      type: "A",
      setIdentifier: region,
      failoverRoutingPolicies: [{ type: isPrimary ? "PRIMARY" : "SECONDARY" }],
    },
    { provider },
  );
}
