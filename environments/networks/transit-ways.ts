import type { Environment } from "../schema.ts";
import { internalApisIn } from "./internal-apis-in.ts";

/** What a region's network is attached to, and the ranges to which that leads. */
export interface TransitWays {
  readonly arn: string;
  readonly gatewayId: string;
  /** The ranges of the internal APIs of the region's tenants. */
  readonly apis: readonly string[];
  /** The ranges from which deployments come. */
  readonly deployers: readonly string[];
}

/** Where the Transit Gateway of a region leads, each range once; `undefined` for a region that is attached to none. */
export function transitWaysOf(environment: Environment, region: string): TransitWays | undefined {
  const settings = Object.entries(environment.regions).find(([it]) => it === region)?.[1];
  if (settings?.transitGateway === undefined) return undefined;
  const { arn, deployers = [] } = settings.transitGateway;
  const apis = new Set(internalApisIn(environment, region).flatMap(({ ranges }) => ranges));
  return { arn, gatewayId: arn.split("/")[1] ?? "", apis: [...apis], deployers };
}
