import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { directoryEntrySchema } from "../../../contracts/directory-entry.ts";
import { quotasOf } from "../../../environments/quotas.ts";
import { quota } from "../../../services/gateway-interceptor/quota.ts";
import { acme, call, code, forwarded, gateway, mcpEvent, refused, token } from "./fixture.ts";

describe("quotas", () => {
  const tight = (perHour: number, perDay: number) => ({ ...acme, tier: { perHour, perDay, sharedBy: "caller" } });

  it.each([tight(2, 100), tight(100, 2)])("refuse what is beyond, with the time to wait", async (entry) => {
    const its = gateway(entry);
    const event = mcpEvent(await token(), call("ping"));
    await forwarded(event, its);
    await forwarded(event, its);
    const it = await refused(event, its);
    expect([it.statusCode, it.body.error.code, Number(it.headers["Retry-After"]) > 1]).toEqual([429, -32005, true]);
  });

  describe("of a scenario with a rate", () => {
    const rated = { ...acme, tier: { ...acme.tier, rate: { perMinute: 60, burst: 3 } } };
    /** How calls at once are answered, the ones that are let through first: which of them it is follows from whose token is verified first. */
    const statusesOf = async (its: ReturnType<typeof gateway>, calls: number) => {
      const event = mcpEvent(await token(), call("ping"));
      const ids = Array.from({ length: calls }, (_, i) => `call-${i}-${Math.random()}`);
      const outputs = await Promise.all(ids.map((requestId) => its.intercept(event, { requestId })));
      const statuses = outputs.map(({ mcp }) =>
        Object.hasOwn(mcp, "transformedGatewayResponse") ? mcp.transformedGatewayResponse.statusCode : 200,
      );
      return statuses.toSorted((a, b) => a - b);
    };

    it("let as many calls through at once as its burst, with the time to wait for the next", async () => {
      const its = gateway(rated);
      expect(await statusesOf(its, 5)).toEqual([200, 200, 200, 429, 429]);
      const it = await refused(mcpEvent(await token(), call("ping")), its);
      expect(Number(it.headers["Retry-After"])).toBeGreaterThanOrEqual(1);
      expect(Number(it.headers["Retry-After"])).toBeLessThanOrEqual(3);
    });

    it("let the next burst through after the time in which the rate allows it", async () => {
      const its = gateway({ ...acme, tier: { ...acme.tier, rate: { perMinute: 180, burst: 3 } } });
      expect(await statusesOf(its, 4)).toEqual([200, 200, 200, 429]);
      await sleep(1_100);
      expect(await statusesOf(its, 4)).toEqual([200, 200, 200, 429]);
    });

    it("do not bound other scenarios", async () => {
      const its = gateway({ ...acme, tiers: { internal: rated.tier } });
      expect(await statusesOf(its, 5)).toEqual([200, 200, 200, 200, 200]);
    });

    it("go before what an entry says of all scenarios, also where that is less", async () => {
      const its = gateway({ ...acme, tier: { ...acme.tier, perHour: 1 }, tiers: { b2b: rated.tier } });
      expect(await statusesOf(its, 5)).toEqual([200, 200, 200, 429, 429]);
    });

    it("are those of the specification for developers, by a window of six seconds in the shared store, beside hour and day", async () => {
      const made: { keyPrefix: string; points: number; duration: number }[] = [];
      const its = quota((options) => {
        made.push(options);
        return new RateLimiterMemory(options);
      }, "internal");
      const { tier, tiers } = directoryEntrySchema.parse({ ...acme, ...quotasOf() });
      await its("acme-corp somebody", "first", tiers.internal ?? tier);
      expect(made.slice(1)).toEqual([
        { keyPrefix: "hour:internal", points: 10_000, duration: 3_600 },
        { keyPrefix: "day:internal", points: 100_000, duration: 86_400 },
        { keyPrefix: "rate:internal", points: 100, duration: 6 },
      ]);
    });

    it("ask the store no more often in turn than without", async () => {
      const depthWith = async (entry: unknown) => {
        let [running, turns] = [0, 0];
        class Watched extends RateLimiterMemory {
          override penalty(...it: Parameters<RateLimiterMemory["penalty"]>) {
            return this.#watched(super.penalty(...it));
          }
          override consume(...it: Parameters<RateLimiterMemory["consume"]>) {
            return this.#watched(super.consume(...it));
          }
          async #watched<T>(answer: Promise<T>): Promise<T> {
            if (running++ === 0) turns += 1;
            await sleep(5);
            return answer.finally(() => running--);
          }
        }
        const its = gateway(entry, { quota: quota((options) => new Watched(options), "b2b") });
        await forwarded(mcpEvent(await token(), call("ping")), its);
        return turns;
      };
      expect(await depthWith(rated)).toBe(await depthWith(acme));
    });
  });

  it("count a call once that the gateway tries again, here or in another instance, and decide it alike", async () => {
    const counters = new Map<string, InstanceType<typeof RateLimiterMemory>>();
    const shared = () =>
      quota((options) => {
        const made = counters.get(options.keyPrefix) ?? new RateLimiterMemory(options);
        counters.set(options.keyPrefix, made);
        return made;
      }, "b2b");
    const instances = [gateway(tight(1, 9), { quota: shared() }), gateway(tight(1, 9), { quota: shared() })];
    const event = mcpEvent(await token(), call("ping"));
    const statuses = async (requestId: string) => {
      const outputs = await Promise.all(
        [...instances, ...instances].map(({ intercept }) => intercept(event, { requestId })),
      );
      return outputs.map(({ mcp }) =>
        Object.hasOwn(mcp, "transformedGatewayResponse") ? mcp.transformedGatewayResponse.statusCode : 200,
      );
    };
    expect(await statuses("first")).toEqual([200, 200, 200, 200]);
    expect(await statuses("second")).toEqual([429, 429, 429, 429]);
    expect(await statuses("first")).toEqual([200, 200, 200, 200]);
    expect((await counters.get("hour:b2b")?.get("acme-corp finance-agent-001"))?.consumedPoints).toBe(2);
  });

  it("refuse if the store does not answer", async () => {
    class Broken extends RateLimiterMemory {
      override penalty(): Promise<never> {
        return Promise.reject(new Error("connection refused"));
      }
    }
    const its = gateway(acme, { quota: quota((options) => new Broken(options), "b2b") });
    const it = await refused(mcpEvent(await token(), call("ping")), its);
    expect([it.statusCode, code(it)]).toEqual([503, "ERR_QUOTA_UNAVAILABLE"]);
  });

  it("do not replay a decision for another caller under the same request id", async () => {
    const { intercept } = gateway();
    await intercept(mcpEvent(await token(), call("ping")), { requestId: "same" });
    const output = await intercept(mcpEvent("forged", call("ping")), { requestId: "same" });
    expect(output.mcp.transformedGatewayResponse.statusCode).toBe(401);
  });
});
