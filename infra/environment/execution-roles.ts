import { executionBoundary } from "../../components/execution/execution-boundary.ts";
import { ExecutionRole } from "../../components/execution/execution-role.ts";
import type { ExecutionScope } from "../../components/execution/execution-scope.ts";
import { type Address, addressesOf, parseAddress } from "../../environments/address.ts";
import { internalApisIn } from "../../environments/networks/internal-apis-in.ts";
import { transitWaysOf } from "../../environments/networks/transit-ways.ts";
import { residencyOf, standbyOf } from "../../environments/residency.ts";
import type { Environment } from "../../environments/schema.ts";
import type { Feature } from "../feature.ts";
import { onlyProviders } from "../providers.ts";
import type { EnvironmentBoundary } from "./boundary.ts";
import type { EnvironmentContext } from "./context.ts";
import type { EnvironmentDeployment } from "./deployment.ts";

/** What the roles of deployments rest on. */
export interface ExecutionUpstream {
  readonly boundary: EnvironmentBoundary;
  readonly deployment: EnvironmentDeployment;
}

/** Declares the role that deploys each stack of the environment, this one included, which only the deploy role may become. */
export function executionRoles(context: EnvironmentContext, { boundary, deployment }: ExecutionUpstream): Feature {
  const { environment } = context.address;
  const { name, account } = environment;
  const policies = `arn:aws:iam::${account}:policy/alicerce/alicerce-${name}`;
  const ofRoles = `${policies}-boundary`;
  const ofClusters = `${policies}-cluster-boundary`;
  const { provider } = context;
  const bounds = executionBoundary(
    "execution-boundary",
    { environment: name, account, boundaries: [ofRoles, ofClusters] },
    { provider, dependsOn: [...boundary.resources] },
  );
  const roles = addressesOf(environment).map((address) => {
    const at = parseAddress(address, { [name]: environment });
    const boundaries = at.layer === "region" ? [ofRoles, ofClusters] : [ofRoles];
    const scope = { account, address, boundaries, regions: regionsOf(at), names: namesOf(at), ...gatewaysOf(at) };
    return new ExecutionRole(
      `execution-${address}`,
      { layer: at.layer, scope, deployRoleArn: deployment.role.arn, boundaryArn: bounds.arn },
      onlyProviders(provider),
    );
  });
  return { resources: [bounds, ...roles] };
}

/** Where the resources of a stack are. The key of the environment's zone is where Amazon Route 53 asks for it. */
function regionsOf(at: Address): readonly string[] {
  if (at.layer === "environment") return [...new Set([...regionNames(at.environment), "us-east-1"])];
  const standby = standbyOf(at.region);
  return standby === undefined ? [at.region] : [at.region, standby];
}

function gatewaysOf(at: Address): Pick<ExecutionScope, "transitGateways"> {
  const ways = at.layer === "region" ? transitWaysOf(at.environment, at.region) : undefined;
  return { transitGateways: ways === undefined ? [] : [ways.arn] };
}

function regionNames({ regions }: Environment): readonly string[] {
  return Object.keys(regions);
}

/** The names that a stack writes records of: below the environment's domain, of the region itself and of tenants of its residency; and those of internal APIs. */
function namesOf(at: Address): ExecutionScope["names"] {
  const { domain } = at.environment;
  if (at.layer === "environment") return [domain];
  if (at.layer === "tenant") return [];
  const residency = residencyOf(at.region) ?? "";
  const internal = internalApisIn(at.environment, at.region).map(({ host }) => host);
  return [...[at.region, residency].flatMap((it) => [`${it}.${domain}`, `*.${it}.${domain}`]), ...internal];
}
