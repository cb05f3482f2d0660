import { DeployRole } from "../../components/identity/deploy-role.ts";
import type { Feature } from "../feature.ts";
import { onlyProviders } from "../providers.ts";
import type { EnvironmentBoundary } from "./boundary.ts";
import type { EnvironmentContext } from "./context.ts";

/** Who deploys the environment. */
export interface EnvironmentDeployment extends Feature {
  readonly role: DeployRole;
}

/** Declares the role with which the environment's repository deploys it. */
export function environmentDeployment(
  { address, region, provider }: EnvironmentContext,
  { boundary }: EnvironmentBoundary,
): EnvironmentDeployment {
  const { account, repository } = address.environment;
  const place = { account, region, boundaryArn: boundary.arn };
  const role = new DeployRole("deploy", { place, repository }, onlyProviders(provider));
  return { role, resources: [role] };
}
