import type { Proof } from "../engine/proof.ts";
import { certificatesAreIssued } from "./certificates-are-issued.ts";
import { flowsStayInTheResidency } from "./flows-stay-in-the-residency.ts";
import { functionsMayRun } from "./functions-may-run.ts";
import { grantsAreWithinTheirBoundary } from "./grants-are-within-their-boundary.ts";
import { hostsLeadToTheirPods } from "./hosts-lead-to-their-pods.ts";
import { linksLeadToWhatIsDeclared } from "./links-lead-to-what-is-declared.ts";
import { imagesAreOfTheirRelease } from "./releases/images-are-of-their-release.ts";
import { LIVENESS } from "./liveness/liveness.ts";
import { partsFitTogether } from "./parts-fit-together.ts";
import { permitsStayWithTheTenant } from "./permits-stay-with-the-tenant.ts";
import { rolesHoldWhatTheirCodeCalls } from "./roles-hold-what-their-code-calls.ts";
import { servicesMayDoTheirWork } from "./services-may-do-their-work.ts";
import { stacksCanBeDeployedByTheirRole } from "./stacks-can-be-deployed-by-their-role.ts";
import { standbysHoldWhatARegionHolds } from "./standbys-hold-what-a-region-holds.ts";
import { tenantsReachOnlyTheirOwn } from "./tenants-reach-only-their-own.ts";
import { toolsNeedExactlyTheirScope } from "./tools-need-exactly-their-scope.ts";

/** Every proof: of safety, then of liveness. */
export const PROOFS: readonly Proof[] = [
  tenantsReachOnlyTheirOwn,
  linksLeadToWhatIsDeclared,
  permitsStayWithTheTenant,
  toolsNeedExactlyTheirScope,
  flowsStayInTheResidency,
  imagesAreOfTheirRelease,
  rolesHoldWhatTheirCodeCalls,
  grantsAreWithinTheirBoundary,
  servicesMayDoTheirWork,
  functionsMayRun,
  stacksCanBeDeployedByTheirRole,
  certificatesAreIssued,
  hostsLeadToTheirPods,
  partsFitTogether,
  standbysHoldWhatARegionHolds,
  ...LIVENESS,
];
