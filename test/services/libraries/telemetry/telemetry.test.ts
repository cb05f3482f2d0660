import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { activeTraceparent, inSpan } from "../../../../services/libraries/telemetry/spans.ts";
import { startTelemetry, type Telemetry } from "../../../../services/libraries/telemetry/telemetry.ts";
import { collector } from "./collector.ts";

const CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const server = { kind: "server", attributes: {}, parent: CALLER } as const;
const options = { service: "test", version: "1.0.0", tenantId: "acme-corp" };

let telemetry: Telemetry | undefined;
afterEach(() => telemetry?.stop());

describe("without an endpoint", () => {
  test("nothing of the SDK is loaded, and the trace of a caller is passed on as it came", async () => {
    const program = `
      const { startTelemetry } = await import("./services/libraries/telemetry/telemetry.ts");
      const { inSpan } = await import("./services/libraries/telemetry/spans.ts");
      const options = ${JSON.stringify(options)};
      await startTelemetry({ ...options, failed: () => undefined }, {});
      const { createRequire } = await import("node:module");
      const traceparent = await inSpan("x", ${JSON.stringify(server)}, (it) => Promise.resolve(it.traceparent));
      const loaded = Object.keys(createRequire(import.meta.url).cache).filter((it) => it.includes("sdk-trace"));
      console.log(JSON.stringify({ traceparent, loaded }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    expect(JSON.parse(stdout)).toEqual({ traceparent: CALLER, loaded: [] });
  });

  test("a switch that OpenTelemetry names turns it off as well", async () => {
    const otlp = await collector();
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url, OTEL_SDK_DISABLED: "true" };
    telemetry = await startTelemetry({ ...options, failed: () => undefined }, environment);
    await inSpan("x", server, () => Promise.resolve());
    await telemetry.flush();
    expect(otlp.bodies).toEqual([]);
    await otlp.close();
  });
});

describe("with an endpoint", () => {
  test("a span goes on in the caller's trace, and what is called within it in the span", async () => {
    const otlp = await collector();
    telemetry = await startTelemetry(
      { ...options, failed: () => undefined },
      { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url },
    );
    const [sent, active] = await inSpan("x", server, async ({ traceparent }) => {
      await Promise.resolve();
      return [traceparent, activeTraceparent()];
    });
    await telemetry.flush();
    const [span] = otlp.spans;
    expect(span).toMatchObject({ traceId: CALLER.slice(3, 35), parentSpanId: CALLER.slice(36, 52) });
    expect(sent).toBe(`00-${span?.traceId ?? ""}-${span?.spanId ?? ""}-01`);
    expect(active).toBe(sent);
    await otlp.close();
  });

  test.each(["", "00-0-0-01", `${CALLER}-x`, "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"])(
    "a traceparent that is none (%j) begins a trace",
    async (parent) => {
      const otlp = await collector();
      telemetry = await startTelemetry(
        { ...options, failed: () => undefined },
        { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url },
      );
      await inSpan("x", { ...server, parent }, () => Promise.resolve());
      await telemetry.flush();
      expect(otlp.spans[0]).not.toHaveProperty("parentSpanId");
      await otlp.close();
    },
  );

  test("a collector that refuses costs the spans, and is told; calls go on", async () => {
    const otlp = await collector(503);
    const failed = vi.fn();
    telemetry = await startTelemetry({ ...options, failed }, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
    await expect(inSpan("x", server, () => Promise.resolve("done"))).resolves.toBe("done");
    await telemetry.flush();
    expect(failed).toHaveBeenCalledExactlyOnceWith(new Error("the collector answered 503"));
    await otlp.close();
  });

  test("a collector that is not there is told, and ends no process", async () => {
    const otlp = await collector();
    await otlp.close();
    const failed = vi.fn();
    telemetry = await startTelemetry({ ...options, failed }, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
    await inSpan("x", server, () => Promise.resolve());
    await telemetry.flush();
    expect(failed).toHaveBeenCalledOnce();
  });
});
