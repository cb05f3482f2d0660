import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { DiskStore } from "../../../sandbox/control-plane/store/disk-store.ts";
import { exclusively } from "../../../sandbox/control-plane/store/store-lock.ts";
import { crowd, startLines } from "./crowd.ts";
import { matching } from "./matching.ts";

const root = mkdtempSync(join(tmpdir(), "alicerce-crowd-"));
const fresh = () => mkdtempSync(join(root, "it-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const OPEN = (folder: string) => `
import { DiskStore } from "./store/disk-store.ts";
const store = new DiskStore(${JSON.stringify(folder)});
const put = (id, names, uses = []) => store.put({
  account: "1", region: "r", type: "aws:ec2/vpc:Vpc", id, urn: "urn:" + id, generation: 0,
  inputs: { text: "x".repeat(20_000) }, outputs: {}, names: ["own " + id, ...names], uses,
});
`;

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((it) =>
    it.isFile() ? [join(it.parentPath, it.name)] : [],
  );
}

describe("a store that many processes share", () => {
  it("gives each name to exactly one of them", async () => {
    const folder = fresh();
    const won = await crowd<number[]>(
      8,
      `${OPEN(folder)}
const won = [];
for (let i = 0; i < 60; i++) {
  try { put(me + "-" + i, ["shared " + i]); won.push(i); } catch (error) { if (error.code !== "ERR_NAME_TAKEN") throw error; }
}
console.log(JSON.stringify(won));`,
    );
    expect(won.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    const store = new DiskStore(folder);
    expect(store.all()).toHaveLength(60);
    for (let i = 0; i < 60; i++) {
      const winner = won.findIndex((it) => it.includes(i));
      expect(store.find(`shared ${i}`)?.id).toBe(`${winner}-${i}`);
    }
  });

  it("leaves nothing unfinished behind", async () => {
    const folder = fresh();
    await crowd(
      4,
      `${OPEN(folder)}
for (let i = 0; i < 20; i++) { put(me + "-" + i, [], ["hub"]); if (i % 2) store.remove(store.find("own " + me + "-" + i)); }
console.log("0");`,
    );
    const records = filesIn(folder).filter((it) => it.endsWith(".json"));
    expect(records).toHaveLength(40);
    const others = filesIn(folder).filter((it) => !it.endsWith(".json") && !/\/\.(names|users)\//.test(it));
    expect(others).toEqual([]);
    expect(filesIn(join(folder, ".names"))).toHaveLength(40);
    expect(filesIn(join(folder, ".users"))).toHaveLength(40);
  });

  it("holds whole records only, and goes on, when a process is killed in the middle of its work", async () => {
    const folder = fresh();
    for (let round = 0; round < 8; round++) {
      const child = startLines(`${OPEN(folder)}
console.log("ready");
for (let i = 0; ; i++) { put("a" + i % 7, ["n" + i], ["u" + i % 3]); if (i % 5 === 0) store.remove(store.find("own a" + i % 7)); }`);
      await once(child.stdout!, "data");
      await pause(20 + round * 7);
      child.kill("SIGKILL");
      await once(child, "close");
      for (const it of filesIn(folder).filter((file) => file.endsWith(".json")))
        expect(JSON.parse(readFileSync(it, "utf8"))).toMatchObject({ urn: matching(/^urn:a\d$/) });
      const store = new DiskStore(folder);
      for (const it of store.all()) {
        store.put({ ...it, names: [it.names[0] ?? "", `again ${it.id}`] });
        expect(store.find(`again ${it.id}`)?.urn).toBe(it.urn);
      }
      for (const it of store.all()) store.remove(it);
      expect(store.all()).toEqual([]);
      for (let i = 0; i < 7; i++) expect(store.find(`own a${i}`)).toBeUndefined();
    }
  });
});

describe("the store's lock", () => {
  it("is taken over, once, from a process that is no more", async () => {
    const [folder, log] = [fresh(), join(fresh(), "log")];
    const lock = join(folder, "lock");
    writeFileSync(lock, "4194305 0 dead");
    await crowd(
      6,
      `import { appendFileSync } from "node:fs";
import { exclusively } from "./store/store-lock.ts";
for (let i = 0; i < 40; i++) exclusively(${JSON.stringify(lock)}, () => { appendFileSync(${JSON.stringify(log)}, "in "); appendFileSync(${JSON.stringify(log)}, "out\\n"); });
console.log("0");`,
    );
    expect(
      readFileSync(log, "utf8")
        .split("\n")
        .filter((it) => it !== "in out"),
    ).toEqual([""]);
    expect(readFileSync(log, "utf8").split("\n")).toHaveLength(241);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is taken over from a process whose number another one has now", () => {
    const lock = join(fresh(), "lock");
    writeFileSync(lock, `${process.pid} 1 long ago`);
    expect(exclusively(lock, () => "done")).toBe("done");
  });

  it("is given back when the work fails", () => {
    const lock = join(fresh(), "lock");
    const fail = () =>
      exclusively(lock, () => {
        throw new Error("disk full");
      });
    expect(fail).toThrow("disk full");
    expect(fail).toThrow("disk full");
    expect(readdirSync(join(lock, ".."))).toEqual([]);
  });

  it("is waited for while its holder lives", async () => {
    const lock = join(fresh(), "deep", "lock");
    mkdirSync(join(lock, ".."), { recursive: true });
    const holder = startLines(`import { exclusively } from "./store/store-lock.ts";
exclusively(${JSON.stringify(lock)}, () => { process.stdout.write("in\\n"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700); });`);
    await once(holder.stdout!, "data");
    const began = performance.now();
    exclusively(lock, () => undefined);
    expect(performance.now() - began).toBeGreaterThan(300);
    await once(holder, "close");
  });
});
