import { AWS_METRICS } from "../../contracts/records/aws-metrics.ts";
import { METRICS } from "../../contracts/records/metrics.ts";

type Namespaces = Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>;

const KNOWN = new Map(
  Object.entries<Namespaces[string]>({ ...(METRICS as Namespaces), ...(AWS_METRICS as Namespaces) }),
);

/** Namespaces of AWS of which many more metrics exist than are listed here. */
const OPEN = ["AWS/RDS"];

/** Whether a namespace has metrics, and sets of dimensions, beside those that are known here. */
export function isOpenNamespace(namespace: string): boolean {
  return OPEN.includes(namespace);
}

/** Whether all metrics of a namespace are known here: those that services of ours write, and some of AWS. */
export function isKnownNamespace(namespace: string): boolean {
  return !isOpenNamespace(namespace) && (KNOWN.has(namespace) || namespace.startsWith("Alicerce/"));
}

/** Whether somebody writes a metric with exactly these dimensions. */
export function isWritten(namespace: string, metric: string, dimensions: readonly string[]): boolean {
  const sets = Object.entries(KNOWN.get(namespace) ?? {}).find(([name]) => name === metric)?.[1] ?? [];
  return sets.some((set) => set.length === dimensions.length && set.every((it) => dimensions.includes(it)));
}
