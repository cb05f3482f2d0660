import { describe, expect, it } from "vitest";
import { RateLimiterMemory } from "rate-limiter-flexible";
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

  it("count a call once that the gateway tries again, here or in another instance, and decide it alike", async () => {
    const counters = new Map<string, InstanceType<typeof RateLimiterMemory>>();
    const shared = () =>
      quota((options) => {
        const made = counters.get(options.keyPrefix) ?? new RateLimiterMemory(options);
        counters.set(options.keyPrefix, made);
        return made;
      });
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
    expect((await counters.get("hour")?.get("acme-corp finance-agent-001"))?.consumedPoints).toBe(2);
  });

  it("refuse if the store does not answer", async () => {
    class Broken extends RateLimiterMemory {
      override penalty(): Promise<never> {
        return Promise.reject(new Error("connection refused"));
      }
    }
    const its = gateway(acme, { quota: quota((options) => new Broken(options)) });
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
