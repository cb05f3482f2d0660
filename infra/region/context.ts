import type * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import type { Address } from "../../environments/address.ts";
import { type Residency, residencyOf } from "../../environments/residency.ts";
import type { Place } from "../../components/place.ts";
import { type LambdaCode, lambdaCode } from "../artifacts/lambda-code.ts";
import { executionRoleFor, placeOf } from "../execution.ts";
import { type EnvironmentOutputs, parentOutputs } from "../outputs.ts";
import { awsProvider, onlyProviders } from "../providers.ts";

/** An address of the region layer. */
export type RegionAddress = Extract<Address, { readonly layer: "region" }>;

/** What every feature of a region's stack is given. */
export interface RegionContext {
  /** The address, as the stack is named. */
  readonly name: string;
  readonly address: RegionAddress;
  readonly place: Place;
  /** ARN of the permissions boundary of the cluster's roles. */
  readonly clusterBoundaryArn: pulumi.Output<string>;
  /** What the region's functions run. */
  readonly code: { readonly keycloakDatabase: LambdaCode; readonly registrationGuard: LambdaCode };
  readonly residency: Residency;
  /** Id of the zone of the environment's domain. */
  readonly zoneId: pulumi.Output<string>;
  /** For resources that are no components. */
  readonly provider: pulumi.ProviderResource;
  /** The providers of the stack. */
  readonly opts: pulumi.ComponentResourceOptions;
}

/** The context of the region at an address; rejects with a `RunError` if the environment is not deployed or a function was not built. */
export async function regionContext(name: string, address: RegionAddress): Promise<RegionContext> {
  const { environment, region } = address;
  const { account } = environment;
  const residency = residencyOf(region);
  if (residency === undefined) throw new TypeError(`region "${region}" is of no residency`);
  const of = await parentOutputs<EnvironmentOutputs>(name);
  const place = placeOf(name, { account, region, boundaryArn: of("boundaryArn") });
  const provider = awsProvider({
    account,
    region,
    roleArn: executionRoleFor(account, name),
    tags: { [TAG.environment]: environment.name, [TAG.stack]: name },
  });
  return {
    name,
    address,
    place,
    clusterBoundaryArn: of("clusterBoundaryArn"),
    code: {
      keycloakDatabase: await lambdaCode("keycloak-database"),
      registrationGuard: await lambdaCode("registration-guard"),
    },
    residency,
    zoneId: of("zoneId"),
    provider,
    opts: onlyProviders(provider),
  };
}
