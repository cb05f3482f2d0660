import type { Rule } from "../engine/rule.ts";
import { administrationIsNotPublic } from "../premise-4-registered-clients/administration-is-not-public.ts";
import { anonymousRegistrationIsPoliced } from "../premise-4-registered-clients/anonymous-registration-is-policed.ts";
import { clientPoliciesAreWhole } from "../premise-4-registered-clients/clients/client-policies-are-whole.ts";
import { partnersClientsKeepToTheBff } from "../premise-4-registered-clients/clients/partners-clients-keep-to-the-bff.ts";
import { realmsNameTheirScopes } from "../premise-4-registered-clients/clients/realms-name-their-scopes.ts";
import { realmsSayWhoPeopleAre } from "../premise-4-registered-clients/clients/realms-say-who-people-are.ts";
import { dedicatedNodesRunTheirService } from "../premise-4-registered-clients/dedicated-nodes-run-their-service.ts";
import { identityServersAnswerForOneHost } from "../premise-4-registered-clients/identity-servers-answer-for-one-host.ts";
import { identityServersAreClosed } from "../premise-4-registered-clients/identity-servers-are-closed.ts";
import { internalGatewaysTrustTheRealm } from "../premise-4-registered-clients/internal-gateways-trust-the-realm.ts";
import { machineClientsSignNobodyIn } from "../premise-4-registered-clients/machine-clients-sign-nobody-in.ts";
import { powerfulScopesAreNotRegistrable } from "../premise-4-registered-clients/powerful-scopes-are-not-registrable.ts";
import { clientsOfferTheTenantsProviders } from "../premise-4-registered-clients/providers/clients-offer-the-tenants-providers.ts";
import { directoriesSayWhatTheDataAllows } from "../premise-4-registered-clients/providers/directories-say-what-the-data-allows.ts";
import { providersSayOnlyWhoSomebodyIs } from "../premise-4-registered-clients/providers/providers-say-only-who-somebody-is.ts";
import { realmsEnforcePkce } from "../premise-4-registered-clients/realms-enforce-pkce.ts";
import { realmsSpeakForTheirOwnTenant } from "../premise-4-registered-clients/realms-speak-for-their-own-tenant.ts";
import { registeredClientsMakeTheRealmFetchNothing } from "../premise-4-registered-clients/registered-clients-make-the-realm-fetch-nothing.ts";
import { userPoolClientsKeepToSafeFlows } from "../premise-4-registered-clients/user-pool-clients-keep-to-safe-flows.ts";

/** The rules of premise 4. */
export const PREMISE_4: readonly Rule[] = [
  administrationIsNotPublic,
  realmsNameTheirScopes,
  realmsSayWhoPeopleAre,
  clientPoliciesAreWhole,
  anonymousRegistrationIsPoliced,
  dedicatedNodesRunTheirService,
  identityServersAnswerForOneHost,
  identityServersAreClosed,
  internalGatewaysTrustTheRealm,
  machineClientsSignNobodyIn,
  partnersClientsKeepToTheBff,
  powerfulScopesAreNotRegistrable,
  clientsOfferTheTenantsProviders,
  directoriesSayWhatTheDataAllows,
  providersSayOnlyWhoSomebodyIs,
  realmsEnforcePkce,
  realmsSpeakForTheirOwnTenant,
  registeredClientsMakeTheRealmFetchNothing,
  userPoolClientsKeepToSafeFlows,
];
