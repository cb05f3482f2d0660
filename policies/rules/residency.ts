import type { Rule } from "../engine/rule.ts";
import { identityStaysInTheResidency } from "../residency/identity-stays-in-the-residency.ts";
import { inferenceStaysInTheGeography } from "../residency/inference-stays-in-the-geography.ts";
import { namesStayInTheResidency } from "../residency/names-stay-in-the-residency.ts";
import { noPayloadLogsInTheEu } from "../residency/no-payload-logs-in-the-eu.ts";
import { onlyOwnNamesAreUsed } from "../residency/only-own-names-are-used.ts";
import { replicasStayInTheSet } from "../residency/replicas-stay-in-the-set.ts";
import { resourcesStayInTheResidency } from "../residency/resources-stay-in-the-residency.ts";
import { telemetryStaysInTheResidency } from "../residency/telemetry-stays-in-the-residency.ts";

/** The rules of data residency. */
export const RESIDENCY: readonly Rule[] = [
  identityStaysInTheResidency,
  inferenceStaysInTheGeography,
  namesStayInTheResidency,
  noPayloadLogsInTheEu,
  onlyOwnNamesAreUsed,
  replicasStayInTheSet,
  resourcesStayInTheResidency,
  telemetryStaysInTheResidency,
];
