import type { Rule } from "../engine/rule.ts";
import { backupsAreKept } from "../premise-5-tenant-isolation/backups/backups-are-kept.ts";
import { backupsAreRestored } from "../premise-5-tenant-isolation/backups/backups-are-restored.ts";
import { backupsSurviveARegion } from "../premise-5-tenant-isolation/backups/backups-survive-a-region.ts";
import { copiersCopyForTheStackAlone } from "../premise-5-tenant-isolation/backups/copiers-copy-for-the-stack-alone.ts";
import { copiesAreUnderOwnKeys } from "../premise-5-tenant-isolation/backups/copies-are-under-own-keys.ts";
import { dataIsBackedUp } from "../premise-5-tenant-isolation/backups/data-is-backed-up.ts";
import { vaultsAreLocked } from "../premise-5-tenant-isolation/backups/vaults-are-locked.ts";
import { bucketsRefuseOtherKeys } from "../premise-5-tenant-isolation/buckets-refuse-other-keys.ts";
import { containersBoundWhatTheyUse } from "../premise-5-tenant-isolation/containers-bound-what-they-use.ts";
import { dataStoresSurviveMistakes } from "../premise-5-tenant-isolation/data-stores-survive-mistakes.ts";
import { encryptionKeysRotate } from "../premise-5-tenant-isolation/encryption-keys-rotate.ts";
import { gatewaysAdmitOneTenant } from "../premise-5-tenant-isolation/gateways-admit-one-tenant.ts";
import { grantsStayWithTheTenant } from "../premise-5-tenant-isolation/grants-stay-with-the-tenant.ts";
import { namespacesBoundWhatPodsUse } from "../premise-5-tenant-isolation/namespaces-bound-what-pods-use.ts";
import { namespacesDenyByDefault } from "../premise-5-tenant-isolation/namespaces-deny-by-default.ts";
import { namespacesRestrictPods } from "../premise-5-tenant-isolation/namespaces-restrict-pods.ts";
import { objectsStayInTheNamespace } from "../premise-5-tenant-isolation/objects-stay-in-the-namespace.ts";
import { oneIssuerPerTenant } from "../premise-5-tenant-isolation/one-issuer-per-tenant.ts";
import { resourcePoliciesAdmitNoStrangers } from "../premise-5-tenant-isolation/resource-policies-admit-no-strangers.ts";
import { serversHearOnlyKnownHeaders } from "../premise-5-tenant-isolation/servers-hear-only-known-headers.ts";
import { eventsAreSaidInOnesOwnName } from "../premise-5-tenant-isolation/stores/events-are-said-in-ones-own-name.ts";
import { messagesAreOfNamedRoles } from "../premise-5-tenant-isolation/stores/messages-are-of-named-roles.ts";
import { replicasAreRuledAsTheirPrimary } from "../premise-5-tenant-isolation/stores/replicas-are-ruled-as-their-primary.ts";
import { resourcesHaveTheirParts } from "../premise-5-tenant-isolation/stores/resources-have-their-parts.ts";
import { tenantDataUsesTenantKey } from "../premise-5-tenant-isolation/tenant-data-uses-tenant-key.ts";
import { tenantResourcesAreTagged } from "../premise-5-tenant-isolation/tenant-resources-are-tagged.ts";

/** The rules of premise 5. */
export const PREMISE_5: readonly Rule[] = [
  bucketsRefuseOtherKeys,
  backupsAreKept,
  backupsAreRestored,
  backupsSurviveARegion,
  copiersCopyForTheStackAlone,
  copiesAreUnderOwnKeys,
  dataIsBackedUp,
  vaultsAreLocked,
  containersBoundWhatTheyUse,
  dataStoresSurviveMistakes,
  encryptionKeysRotate,
  gatewaysAdmitOneTenant,
  grantsStayWithTheTenant,
  namespacesBoundWhatPodsUse,
  namespacesDenyByDefault,
  namespacesRestrictPods,
  objectsStayInTheNamespace,
  oneIssuerPerTenant,
  resourcePoliciesAdmitNoStrangers,
  serversHearOnlyKnownHeaders,
  eventsAreSaidInOnesOwnName,
  messagesAreOfNamedRoles,
  replicasAreRuledAsTheirPrimary,
  resourcesHaveTheirParts,
  tenantDataUsesTenantKey,
  tenantResourcesAreTagged,
];
