/** Of which account and environment a pool is. */
export interface PoolPlace {
  readonly name: string;
  readonly account: string;
}

/** The prefix of the domain of a tenant's user pool: no two pools of a region may have the same, in whichever account. */
export function poolDomain({ name, account }: PoolPlace, tenant: string): string {
  return `alicerce-${name}-${tenant}-${account}`;
}

/** The host of a domain of Amazon Cognito, by its prefix. */
export function poolDomainHost(prefix: string, region: string): string {
  return `${prefix}.auth.${region}.amazoncognito.com`;
}
