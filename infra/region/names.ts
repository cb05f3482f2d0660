import * as aws from "@pulumi/aws";
import { BFF_SCENARIOS, type BffScenario, bffFailoverName, bffHosts } from "../../contracts/bff/hosts.ts";
import { keycloakHosts } from "../../contracts/identity/keycloak.ts";
import { type Region, RESIDENCIES } from "../../environments/residency.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import { type HealthUpstream, regionHealth } from "./health.ts";

/** Where a name leads to in this region, and whether that is healthy. */
type Place = Pick<aws.route53.RecordArgs, "aliases" | "healthCheckId">;

/**
 * Declares the region's names. That of Keycloak is the issuer of its tokens, so it never leads to another region; those of the BFFs, of
 * all tenants together, lead to the home of the residency or, where the environment says so, to the nearer region of it, and to the other
 * one while that is not healthy.
 */
export function regionNames(context: RegionContext, upstream: HealthUpstream): Feature {
  const { address, zoneId, provider } = context;
  const { region, environment } = address;
  const aliases = aliasesOf(upstream);
  const identity = new aws.route53.Record(
    "identity",
    { zoneId, name: keycloakHosts(region, environment.domain).issuer, type: "A", aliases },
    { provider },
  );
  const place = { aliases, healthCheckId: regionHealth(context, upstream).id };
  const [home, standby] = RESIDENCIES[context.residency] as readonly Region[];
  const near = standby === undefined ? undefined : environment.regions[standby]?.near;
  const isHome = region === home;
  const bffs = BFF_SCENARIOS.flatMap((it) =>
    near === undefined ? [byHealth(it, context, { place, isHome })] : byPlace(it, context, { place, isHome, near }),
  );
  return { resources: [identity, ...bffs] };
}

function aliasesOf({ edge }: HealthUpstream): aws.types.input.route53.RecordAlias[] {
  const { dnsName, zoneId } = edge.balancer.balancer;
  return [{ name: dnsName, zoneId, evaluateTargetHealth: true }];
}

/** One of a pair of records, of which the other one is in the other region: this one is the first choice, or it is not. */
function byHealth(
  scenario: BffScenario,
  { address, residency, zoneId, provider }: RegionContext,
  { place, isHome, which }: { readonly place: Place; readonly isHome: boolean; readonly which?: "home" | "near" },
): aws.route53.Record {
  const zone = { scenario, residency, domain: address.environment.domain };
  const isFirst = which === "near" ? !isHome : isHome;
  return new aws.route53.Record(
    which === undefined ? `bff-${scenario}` : `bff-${scenario}-${which}`,
    {
      ...place,
      zoneId,
      name: which === undefined ? bffHosts(zone) : bffFailoverName(which, zone),
      type: "A",
      setIdentifier: address.region,
      failoverRoutingPolicies: [{ type: isFirst ? "PRIMARY" : "SECONDARY" }],
    },
    { provider },
  );
}

/** The home answers for every place that no other region is near, which Amazon Route 53 calls "*"; either fails over to the other. */
function byPlace(
  scenario: BffScenario,
  context: RegionContext,
  { near, ...at }: { readonly place: Place; readonly isHome: boolean; readonly near: readonly string[] },
): readonly aws.route53.Record[] {
  const { address, residency, zoneId, provider } = context;
  const pairs = {
    home: byHealth(scenario, context, { ...at, which: "home" }),
    near: byHealth(scenario, context, { ...at, which: "near" }),
  };
  const { name } = at.isHome ? pairs.home : pairs.near;
  const answers = (at.isHome ? ["*"] : near).map(
    (country) =>
      new aws.route53.Record(
        `bff-${scenario}-${country === "*" ? "elsewhere" : country}`,
        {
          zoneId,
          name: bffHosts({ scenario, residency, domain: address.environment.domain }),
          type: "A",
          setIdentifier: country === "*" ? "elsewhere" : country,
          geolocationRoutingPolicies: [{ country }],
          aliases: [{ name, zoneId, evaluateTargetHealth: true }],
        },
        { provider },
      ),
  );
  return [pairs.home, pairs.near, ...answers];
}
