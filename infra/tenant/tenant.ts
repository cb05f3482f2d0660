import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import { lambdaCode } from "../artifacts/lambda-code.ts";
import { type OutputReader, type Outputs, parentOutputs, type RegionOutputs, type TenantOutputs } from "../outputs.ts";
import { awsProvider, keycloakProvider, kubernetesProvider, served } from "../providers.ts";
import { runAgents } from "./agents/workloads.ts";
import { baselineOf } from "./foundation.ts";
import { runServers } from "./servers/servers.ts";
import type { TenantAddress, TenantSite } from "./context.ts";

/** Builds all that is one tenant's in one region: first what protects it, then what runs. */
export async function buildTenant(name: string, address: TenantAddress): Promise<Outputs<TenantOutputs>> {
  const site = siteOf(name, address, await parentOutputs<RegionOutputs>(name), {
    databaseSetup: await lambdaCode("database-setup"),
    interceptor: await lambdaCode("gateway-interceptor"),
    tokenClaims: await lambdaCode("token-claims"),
  });
  const baseline = baselineOf(site);
  runServers(site, baseline);
  runAgents(site, baseline);

  return {
    gateways: pulumi.output(Object.fromEntries(baseline.gateways.map(({ gateway: it }) => [it.scenario, it.url]))),
    issuers: pulumi.output(Object.fromEntries(baseline.issuers.map((it) => [it.name, it.discoveryUrl]))),
    keyArn: baseline.key.arn,
    namespace: baseline.namespace.namespace,
  };
}

function siteOf(
  name: string,
  address: TenantAddress,
  of: OutputReader<RegionOutputs>,
  code: TenantSite["code"],
): TenantSite {
  const { environment, region, settings, tenant } = address;
  const { account, domain } = environment;
  const keycloakUrl = `https://identity.${region}.${domain}`;
  const tags = { [TAG.environment]: environment.name, [TAG.tenant]: tenant.id };
  return {
    name,
    address,
    place: { account, region, boundaryArn: of("boundaryArn") },
    network: {
      vpcId: of("vpcId"),
      cidr: settings.cidr,
      subnetIds: of("privateSubnetIds"),
      s3PrefixListId: of("s3PrefixListId"),
    },
    cluster: { name: of("clusterName"), arn: of("clusterArn") },
    alertTopicArn: of("alertTopicArn"),
    code,
    keycloakUrl,
    opts: served(
      awsProvider({ account, region, tags }),
      kubernetesProvider(of("kubeconfig")),
      ...(tenant.scenarios.some((it) => it === "internal") ? [keycloakProvider(keycloakUrl)] : []),
    ),
  };
}
