import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { batchFixture, countingProcessor } from "./fixture.ts";

let fixture: Awaited<ReturnType<typeof batchFixture>>;
beforeAll(async () => (fixture = await batchFixture()));
afterAll(() => fixture.close());

it.each(["before its work", "after its work"])(
  "a batch whose worker is killed %s is finished by another one: no row is lost or worked on twice",
  async (place) => {
    const { acme, server } = fixture;
    await server.asAdmin("postgres", (client) => client.query("TRUNCATE partner_bff.batch_jobs, effect CASCADE"));
    const lines = Array.from({ length: 55 }, (_, i) => `A-${i + 1},${i % 11}`);
    const job = await acme.jobOf(await acme.upload(`sku,quantity\n${lines.join("\n")}\n`));

    const child = spawn(process.execPath, [path.join(import.meta.dirname, "killed-worker.ts"), server.host, place], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    const [reached] = (await Promise.race([once(child.stdout, "data"), exit])) as [unknown];
    child.kill("SIGKILL");
    await exit;
    expect(String(reached).trim()).toBe(place);
    expect(await acme.store.find("metal-works", job.id)).toMatchObject({ state: "running", progress: { rows: 20 } });

    const { seen, process: work } = countingProcessor(acme.pool);
    await acme.work(work, acme.isOver(job.id), { rowsAtOnce: 10 });
    expect(seen.map((it) => it.idempotencyKey)).toEqual([21, 31, 41, 51].map((it) => `${job.id}:${it}`));
    expect(await acme.store.find("metal-works", job.id)).toMatchObject({
      state: "done",
      progress: { rows: 55, succeeded: 50, failed: 5 },
    });
    const { rows } = await acme.pool.query<{ number: number }>("SELECT number FROM effect ORDER BY number");
    const expected = Array.from({ length: 55 }, (_, i) => i + 1).filter((it) => (it - 1) % 11 !== 0);
    expect(rows.map((it) => it.number)).toEqual(expected);
    const results = await (await acme.call("GET", `/${job.id}/results`)).text();
    expect(
      results
        .trim()
        .split("\n")
        .map((it) => (JSON.parse(it) as { row: number }).row),
    ).toEqual(expected);
    expect((await acme.store.failedRows(job.id, 0, 100)).map((it) => it.row)).toEqual([1, 12, 23, 34, 45]);
  },
);
