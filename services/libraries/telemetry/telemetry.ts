import type { Telemetry, TelemetryOptions } from "./export/sdk.ts";

export type { Telemetry } from "./export/sdk.ts";

const NONE: Telemetry = { flush: () => Promise.resolve(), stop: () => Promise.resolve() };

/**
 * Sends the spans of this process by OTLP over HTTP, if `OTEL_EXPORTER_OTLP_ENDPOINT` says where to; otherwise nothing of OpenTelemetry's
 * SDK is even loaded (OpenTelemetry, "OTLP Exporter Configuration"). X-Ray's own endpoint gets them signed by the role of the workload. Once
 * per process, before it serves.
 */
export async function startTelemetry(
  options: TelemetryOptions,
  environment: { readonly [name: string]: string | undefined } = process.env,
): Promise<Telemetry> {
  const endpoint = environment["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? "";
  if (endpoint === "" || environment["OTEL_SDK_DISABLED"]?.toLowerCase() === "true") return NONE;
  const { sdkTelemetry } = await import("./export/sdk.ts");
  return sdkTelemetry(options, new URL(endpoint));
}
