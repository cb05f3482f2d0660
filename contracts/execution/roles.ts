/** Path of the roles that deploy, and of their policies. */
export const EXECUTION_PATH = "/alicerce/execution/";

/** The group, in a cluster, of the roles that deploy tenants into it, and the role there that lets them make a namespace. */
export const DEPLOYERS = "alicerce-deployers";

/** ARN of the role that deploys the stack at an address; the role has the name of the address. */
export function executionRoleArn(account: string, address: string): string {
  return `arn:aws:iam::${account}:role${EXECUTION_PATH}${address}`;
}

/** Names of the policies of the role that deploys the stack at an address, from 1. */
export function executionPolicyName(address: string, number: number): string {
  return `${address}.${number}`;
}

/** Name of the permissions boundary of all roles that deploy an environment. */
export function executionBoundaryName(environment: string): string {
  return `alicerce-${environment}-execution-boundary`;
}

/** Path of the roles that the stack at an address makes: `/alicerce/` for an environment's, one of their own for all others. */
export function rolePathOf(address: string): string {
  const [, region, tenant] = address.split(".");
  if (region === undefined) return "/alicerce/";
  return tenant === undefined ? `/alicerce/region/${region}/` : `/alicerce/tenant/${region}/${tenant}/`;
}

/** What the names of the buckets of a stack begin with: whose they are, and in which account, since names are worldwide. */
export function bucketPrefixOf(account: string, address: string): string {
  const [, region = "", tenant] = address.split(".");
  const short = region.replace(/^(\w+)-(\w)\w*-(\d)$/, "$1$2$3");
  // No tenant's id begins with a digit.
  return tenant === undefined ? `${account}-${short}-` : `${tenant}-${account}-${short}-`;
}
