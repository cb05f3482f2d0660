import * as aws from "@pulumi/aws";
import type { Feature } from "../feature.ts";
import type { EnvironmentContext } from "./context.ts";

/** The DNS of the environment. */
export interface EnvironmentDns extends Feature {
  readonly zone: aws.route53.Zone;
}

/** Declares the zone of the environment's domain. */
export function environmentDns({ address, provider }: EnvironmentContext): EnvironmentDns {
  const { name, domain } = address.environment;
  const zone = new aws.route53.Zone("zone", { name: domain, comment: `Everything of ${name}` }, { provider });
  return { zone, resources: [zone] };
}
