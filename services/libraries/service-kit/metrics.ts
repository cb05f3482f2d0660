/** One measurement in the embedded metric format of CloudWatch. */
export interface Measurement {
  readonly namespace: string;
  readonly at: number;
  /** Each combination of values is a metric that is paid for: only values of a small, fixed set belong here. */
  readonly dimensions: { readonly [name: string]: string };
  /** Names of dimensions under which it is kept, once for each set; all together without it. */
  readonly sets?: readonly (readonly string[])[];
  readonly values: {
    readonly [name: string]: { readonly value: number; readonly unit: "Count" | "Milliseconds" | "Bytes" };
  };
}

/** The line by which CloudWatch learns of a measurement. */
export function metricsLine({ namespace, at, dimensions, sets, values }: Measurement): string {
  const metrics = Object.entries(values).map(([name, { unit }]) => ({ Name: name, Unit: unit }));
  return JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: sets ?? [Object.keys(dimensions)], Metrics: metrics }],
    },
    ...dimensions,
    ...Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value])),
  });
}
