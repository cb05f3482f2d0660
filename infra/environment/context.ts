import type * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import type { Address } from "../../environments/address.ts";
import { executionRoleFor } from "../execution.ts";
import { awsProvider } from "../providers.ts";

/** An address of the environment layer. */
export type EnvironmentAddress = Extract<Address, { readonly layer: "environment" }>;

/** What every feature of an environment's stack is given. */
export interface EnvironmentContext {
  readonly address: EnvironmentAddress;
  /** The region in which what is global is managed: the environment's first. */
  readonly region: string;
  /** All regions of the environment. */
  readonly regions: readonly string[];
  readonly provider: pulumi.ProviderResource;
}

/** The context of an environment; throws a TypeError if it has no region. */
export function environmentContext(address: EnvironmentAddress): EnvironmentContext {
  const { name, account, regions: settings } = address.environment;
  const regions = Object.keys(settings);
  const region = regions[0];
  if (region === undefined) throw new TypeError(`environment "${name}" has no region`);
  const provider = awsProvider({
    account,
    region,
    roleArn: executionRoleFor(account, name),
    tags: { [TAG.environment]: name, [TAG.stack]: name },
  });
  return { address, region, regions, provider };
}
