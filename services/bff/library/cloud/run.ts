import { startTelemetry } from "../../../libraries/telemetry/telemetry.ts";
import type { BffLog } from "../bff-environment.ts";
import type { BffServer } from "../bff-server.ts";

/** Which process it is. */
export interface BffProcess {
  readonly service: string;
  readonly tenantId: string;
  readonly log: BffLog;
}

/**
 * Runs a BFF as its process until the platform ends it: what is in flight then has the time that a server grants. Its spans are sent, if
 * OpenTelemetry's own variables say where to.
 */
export async function runUntilEnded(of: BffProcess, start: () => Promise<BffServer>): Promise<void> {
  const { service, tenantId, log } = of;
  const failed = (error: unknown): void => log.warn({ error }, "spans are lost");
  const telemetry = await startTelemetry({ service, version: versionIn(process.env), tenantId, failed });
  const server = await start();
  log.info({ port: server.port }, "listening");
  const end = (): void =>
    void server
      .stop()
      .then(() => telemetry.stop())
      .then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}

/** The release, as the plan says it to OpenTelemetry. */
function versionIn({ OTEL_RESOURCE_ATTRIBUTES: attributes = "" }: NodeJS.ProcessEnv): string {
  return /(?:^|,)service\.version=([^,]+)/.exec(attributes)?.[1] ?? "unknown";
}
