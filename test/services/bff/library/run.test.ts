import { afterEach, expect, test, vi } from "vitest";
import { runUntilEnded } from "../../../../services/bff/library/cloud/run.ts";
import { inSpan } from "../../../../services/libraries/telemetry/spans.ts";
import { collector } from "../../libraries/telemetry/collector.ts";

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a BFF sends its spans, under its release, before its process ends", async () => {
  const received = await collector();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", received.url);
  vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "service.version=2.1.0");
  vi.stubEnv("OTEL_TRACES_SAMPLER", "always_on");
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  const before = { SIGTERM: process.listeners("SIGTERM"), SIGINT: process.listeners("SIGINT") };
  const added = (signal: keyof typeof before) => process.listeners(signal).filter((it) => !before[signal].includes(it));
  const stop = vi.fn(() => Promise.resolve());
  await runUntilEnded({ service: "bff-b2b", tenantId: "acme-corp", log }, () => Promise.resolve({ port: 1, stop }));
  await inSpan("a call", { kind: "client", attributes: {} }, () => Promise.resolve());

  const ours = added("SIGTERM");
  expect(ours).toHaveLength(1);
  ours[0]?.("SIGTERM");
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0), { timeout: 50_000 });
  expect(stop).toHaveBeenCalledTimes(1);
  expect(received.spans.map((it) => it.name)).toEqual(["a call"]);
  expect(received.resources[0]).toMatchObject({ "service.name": "bff-b2b", "service.version": "2.1.0" });
  await received.close();
  for (const signal of ["SIGTERM", "SIGINT"] as const) for (const it of added(signal)) process.off(signal, it);
});
