import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { OtlpExporter } from "./otlp-exporter.ts";

/** Whose spans they are. */
export interface TelemetryOptions {
  readonly service: string;
  readonly version: string;
  readonly tenantId: string;
  /** Told when spans could not be sent: they are lost, and the service goes on. */
  readonly failed: (error: unknown) => void;
}

/** What sends the spans of a process. */
export interface Telemetry {
  /** Sends what is not sent yet; never rejects. */
  flush(): Promise<void>;
  /** Sends what is not sent yet, and ends; never rejects. */
  stop(): Promise<void>;
}

/** How many spans wait to be sent; more are dropped, so that a slow collector costs no memory. */
const QUEUE = { maxQueueSize: 2_048, maxExportBatchSize: 256, scheduledDelayMillis: 2_000 };

/**
 * OpenTelemetry's own SDK, as the provider of the process. Which traces are recorded is said by `OTEL_TRACES_SAMPLER` and
 * `OTEL_TRACES_SAMPLER_ARG`, which the SDK reads itself.
 */
export function sdkTelemetry(options: TelemetryOptions, endpoint: URL): Telemetry {
  const exporter = new OtlpExporter({ ...options, endpoint });
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter, QUEUE)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  const quietly = (work: () => Promise<void>): Promise<void> => work().catch(options.failed);
  return {
    flush: () => quietly(() => provider.forceFlush()),
    stop: () =>
      quietly(async () => {
        await provider.shutdown();
        trace.disable();
        context.disable();
      }),
  };
}
