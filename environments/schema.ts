import type { Scenario } from "../contracts/scenarios.ts";
import type { Region, RegionOf, Residency } from "./residency.ts";

type Some<T> = readonly [T, ...T[]];

/** A tenant lives only in regions of its own residency that the environment really deploys; the first is its home. */
export type Tenant<Deployed extends Region = Region> = {
  [R in Residency]: {
    readonly residency: R;
    readonly regions: Some<Extract<RegionOf<R>, Deployed>>;
    readonly scenarios: Some<Scenario>;
  };
}[Residency];

/** What one region of an environment is made of. */
export interface RegionSettings {
  /** Addresses of the region's VPC: a /16 that no other region of any environment uses. */
  readonly cidr: `10.${number}.0.0/16`;
  /** EC2 instance types that may run agents and BFFs. */
  readonly instanceTypes: Some<string>;
  /** Bounds of every agent deployment: replicas, and the CPU utilisation in percent above which one is added. */
  readonly agents: { readonly min: number; readonly max: number; readonly targetCpuPercent: number };
}

/** One environment: everything that exists in it, and where. */
export interface Environment {
  readonly name: string;
  /** The AWS account that holds it; providers refuse every other one. */
  readonly account: `${number}`;
  /** The DNS name below which everything of the environment is reachable. */
  readonly domain: string;
  /** The GitHub repository, `owner/name`, whose main branch may deploy it. */
  readonly repository: `${string}/${string}`;
  /** Where agents run: Amazon EKS for production loads, AgentCore Runtime for proofs of concept. */
  readonly agentHosting: "eks" | "runtime";
  /** The Bedrock model of the agents, without the geography prefix. */
  readonly model: string;
  readonly regions: { readonly [R in Region]?: RegionSettings };
  readonly tenants: { readonly [id: string]: Tenant };
}

/** An environment that deploys exactly the regions `Deployed`, so that its tenants can be in no other. */
export interface EnvironmentIn<Deployed extends Region> extends Environment {
  readonly regions: { readonly [R in Deployed]: RegionSettings };
  readonly tenants: { readonly [id: string]: Tenant<NoInfer<Deployed>> };
}

/** Checks an environment while it is being typed: a GDPR tenant in a US region does not compile. */
export const environment = <const Deployed extends Region>(it: EnvironmentIn<Deployed>): Environment => it;
