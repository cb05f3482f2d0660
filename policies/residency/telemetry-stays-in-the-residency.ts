import type { Residency } from "../../environments/residency.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { isGoverned, mayBeIn, regionsIn, residencyIn } from "../facts/geography.ts";
import { isPrivateRange } from "../facts/network/ip-range.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { POD_TYPES, settingsOf } from "../facts/workloads.ts";

/** Where OpenTelemetry sends to, for all signals or for one (OpenTelemetry specification, OTLP exporter). */
const ENDPOINT = /^OTEL_EXPORTER_OTLP_(?:[A-Z]+_)?ENDPOINT$/;

/** Names that only the pod or the cluster knows. */
const INNER = /^(?:localhost|127\.0\.0\.1|\[::1\]|[^.]+|.+\.svc(?:\.cluster\.local)?)$/;

export const telemetryStaysInTheResidency = rule({
  premise: "residency",
  id: "telemetry-stays-in-the-residency",
  severity: "critical",
  description: "Traces, metrics and logs of a workload are sent to the cluster, or to a region of the residency.",
  remediation: "Name a collector in the cluster, or a host that names a region of the residency, as the OTLP endpoint.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  subjects: { types: [TYPE.runtime, TYPE.function, ...POD_TYPES], where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) => {
    const residency = residencyIn(stack);
    const endpoints = settingsOf(it).filter(({ name }) => ENDPOINT.test(name));
    return every(endpoints, ({ read }) => stays(read() ?? "", residency))
      ? undefined
      : `"${it.name}" must send its telemetry to the residency "${residency}" only.`;
  },
});

function stays(url: string, residency: Residency): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  if (INNER.test(hostname) || isPrivateRange(`${hostname}/32`)) return true;
  const regions = regionsIn(hostname);
  return regions.length > 0 && regions.every((region) => mayBeIn(region, residency));
}
