import { describe, expect, it } from "vitest";
import { TenantSlots } from "../../../../../services/mcp/database/tenancy/tenant-slots.ts";

const { signal } = new AbortController();
const busy = { code: "ERR_DATABASE_BUSY" };

describe("the slots of tenants", () => {
  it("go to those who wait, in their order, and never to more at once", async () => {
    const slots = new TenantSlots(2, 60_000);
    const begun: number[] = [];
    let running = 0;
    await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        const give = await slots.take("acme", signal);
        begun.push(i);
        expect(++running).toBeLessThanOrEqual(2);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        give();
      }),
    );
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("are each tenant's own", async () => {
    const slots = new TenantSlots(1, 60_000);
    await slots.take("acme", signal);
    await expect(slots.take("globex", signal)).resolves.toBeTypeOf("function");
  });

  it("are refused to those who have waited long enough", async () => {
    const slots = new TenantSlots(1, 50);
    const give = await slots.take("acme", signal);
    await expect(slots.take("acme", signal)).rejects.toMatchObject(busy);
    give();
    await expect(slots.take("acme", signal)).resolves.toBeTypeOf("function");
  });

  it("are refused at once to more than may wait", async () => {
    const slots = new TenantSlots(2, 600_000);
    const gone = new AbortController();
    await slots.take("acme", signal);
    await slots.take("acme", signal);
    const waiting = Array.from({ length: 40 }, () => slots.take("acme", gone.signal));
    await expect(slots.take("acme", signal)).rejects.toMatchObject(busy);
    gone.abort();
    for (const it of await Promise.allSettled(waiting)) expect(it.status).toBe("rejected");
  });

  it("are not given to whoever no longer waits", async () => {
    const slots = new TenantSlots(1, 60_000);
    const give = await slots.take("acme", signal);
    const gone = new AbortController();
    const left = slots.take("acme", gone.signal);
    const next = slots.take("acme", signal);
    gone.abort();
    await expect(left).rejects.toMatchObject({ code: "ERR_STATEMENT_CANCELLED" });
    give();
    const last = await next;
    last();
    await expect(slots.take("acme", signal)).resolves.toBeTypeOf("function");
  });
});
