import { expect, test, vi } from "vitest";
import { startedOnce } from "../../../../../services/bff/b2b/cloud/started-once.ts";

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

test("what works in the background starts once its secret can be had, although nobody asks", async () => {
  const stop = vi.fn(() => Promise.resolve());
  const start = vi.fn(() => ({ stop }));
  const secret = vi.fn().mockRejectedValueOnce(new Error("no route")).mockResolvedValue(Buffer.alloc(32));
  const it = startedOnce(start, { secret, log, againMs: 1 });
  it.begin();
  await vi.waitFor(() => expect(start).toHaveBeenCalledTimes(1), { timeout: 30_000 });
  expect(secret).toHaveBeenCalledTimes(2);
  expect(it.with(Buffer.alloc(32))).toEqual({ stop });
  expect(start).toHaveBeenCalledTimes(1);
  await it.stop();
  expect(stop).toHaveBeenCalledTimes(1);
});

test("it is not asked for any more once it was stopped", async () => {
  const start = vi.fn(() => ({ stop: () => Promise.resolve() }));
  const secret = vi.fn(() => Promise.reject(new Error("no route")));
  const it = startedOnce(start, { secret, log, againMs: 3_600_000 });
  it.begin();
  await vi.waitFor(() => expect(secret).toHaveBeenCalledTimes(1), { timeout: 30_000 });
  await it.stop();
  expect(start).not.toHaveBeenCalled();
});
