import type { Rule } from "../engine/rule.ts";
import { clientSecretsAreRotated } from "../premise-8-least-privilege/client-secrets-are-rotated.ts";
import { databasesKnowNoPasswords } from "../premise-8-least-privilege/databases-know-no-passwords.ts";
import { denialsNegateWithoutIfExists } from "../premise-8-least-privilege/denials-negate-without-if-exists.ts";
import { clustersAdmitOnlyDeployments } from "../premise-8-least-privilege/execution/clusters-admit-only-deployments.ts";
import { deploymentsAskForWhatTellsTheirStack } from "../premise-8-least-privilege/execution/deployments-ask-for-what-tells-their-stack.ts";
import { deploymentsCannotEscalate } from "../premise-8-least-privilege/execution/deployments-cannot-escalate.ts";
import { deploymentsKeepToTheirStack } from "../premise-8-least-privilege/execution/deployments-keep-to-their-stack.ts";
import { deploymentsMayMakeAndChangeTheirOwn } from "../premise-8-least-privilege/execution/deployments-may-make-and-change-their-own.ts";
import { onlyTheDeployRoleDeploys } from "../premise-8-least-privilege/execution/only-the-deploy-role-deploys.ts";
import { gatewaysCanUseTheirKey } from "../premise-8-least-privilege/gateways-can-use-their-key.ts";
import { grantsNameExactActions } from "../premise-8-least-privilege/grants-name-exact-actions.ts";
import { grantsNameExactResources } from "../premise-8-least-privilege/grants-name-exact-resources.ts";
import { grantsTakeEffect } from "../premise-8-least-privilege/grants-take-effect.ts";
import { keyGrantsAreConstrained } from "../premise-8-least-privilege/key-grants-are-constrained.ts";
import { noManagedPolicies } from "../premise-8-least-privilege/no-managed-policies.ts";
import { onlyWhatIsUnderstoodIsDeployed } from "../premise-8-least-privilege/only-what-is-understood-is-deployed.ts";
import { policyDocumentsAreUnderstood } from "../premise-8-least-privilege/policy-documents-are-understood.ts";
import { providersActInTheEnvironmentsAccount } from "../premise-8-least-privilege/providers-act-in-the-environments-account.ts";
import { clusterRolesPassOnNodesAlone } from "../premise-8-least-privilege/resources/cluster-roles-pass-on-nodes-alone.ts";
import { keysStayWithTheAccount } from "../premise-8-least-privilege/resources/keys-stay-with-the-account.ts";
import { pipelinesBecomeRolesAlone } from "../premise-8-least-privilege/resources/pipelines-become-roles-alone.ts";
import { resourcePoliciesNameWhatTheyAllow } from "../premise-8-least-privilege/resources/resource-policies-name-what-they-allow.ts";
import { sharedStoresAreGrantedInPart } from "../premise-8-least-privilege/resources/shared-stores-are-granted-in-part.ts";
import { unknownValuesHaveAnOrigin } from "../premise-8-least-privilege/resources/unknown-values-have-an-origin.ts";
import { rolesStayInsideTheBoundary } from "../premise-8-least-privilege/roles-stay-inside-the-boundary.ts";
import { serviceAccountsHaveNoClusterRights } from "../premise-8-least-privilege/service-accounts-have-no-cluster-rights.ts";
import { trustNamesExactPrincipals } from "../premise-8-least-privilege/trust-names-exact-principals.ts";

/** The rules of premise 8. */
export const PREMISE_8: readonly Rule[] = [
  clientSecretsAreRotated,
  databasesKnowNoPasswords,
  denialsNegateWithoutIfExists,
  gatewaysCanUseTheirKey,
  grantsNameExactActions,
  grantsNameExactResources,
  grantsTakeEffect,
  keyGrantsAreConstrained,
  noManagedPolicies,
  onlyWhatIsUnderstoodIsDeployed,
  unknownValuesHaveAnOrigin,
  pipelinesBecomeRolesAlone,
  resourcePoliciesNameWhatTheyAllow,
  providersActInTheEnvironmentsAccount,
  policyDocumentsAreUnderstood,
  rolesStayInsideTheBoundary,
  serviceAccountsHaveNoClusterRights,
  trustNamesExactPrincipals,
  clusterRolesPassOnNodesAlone,
  keysStayWithTheAccount,
  sharedStoresAreGrantedInPart,
  onlyTheDeployRoleDeploys,
  deploymentsCannotEscalate,
  deploymentsKeepToTheirStack,
  deploymentsAskForWhatTellsTheirStack,
  deploymentsMayMakeAndChangeTheirOwn,
  clustersAdmitOnlyDeployments,
];
