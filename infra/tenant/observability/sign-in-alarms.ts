import { signInAlarms } from "../../../components/observability/sign-in-alarms.ts";
import type { BffIdentities } from "../bff/identities.ts";
import type { TenantContext } from "../context.ts";
import type { PoolFeature } from "../identity/pool.ts";

/** Declares who hears that consumers of the tenant cannot sign in, or that somebody tries passwords. */
export function tenantSignInAlarms(
  { alertTopicArn: topicArn, provider }: TenantContext,
  { pool: { pool }, bffs }: { readonly pool: PoolFeature; readonly bffs: BffIdentities },
): void {
  for (const { signIn, scenario } of bffs.all) {
    if (pool === undefined || signIn === undefined) continue;
    signInAlarms(`sign-ins-${scenario}`, { userPoolId: pool.id, clientId: signIn.id, topicArn }, { provider });
  }
}
