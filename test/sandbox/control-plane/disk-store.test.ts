import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DiskStore } from "../../../sandbox/control-plane/store/disk-store.ts";
import { NameTakenError, type StoredResource } from "../../../sandbox/control-plane/store/store.ts";

const root = mkdtempSync(join(tmpdir(), "alicerce-store-"));
afterAll(() => rmSync(root, { recursive: true }));

const fresh = () => mkdtempSync(join(root, "it-"));
const resource = (id: string, change: Partial<StoredResource> = {}): StoredResource => ({
  account: "111122223333",
  region: "eu-west-1",
  type: "aws:ec2/vpc:Vpc",
  id,
  urn: `urn:${id}`,
  generation: 0,
  inputs: {},
  outputs: {},
  names: [`own ${id}`],
  uses: [],
  ...change,
});

describe("the store on disk", () => {
  it("shows one process what another has put, under account, region and service", () => {
    const folder = fresh();
    new DiskStore(folder).put(resource("a"));
    expect(new DiskStore(folder).find("own a")).toEqual(resource("a"));
    expect(readdirSync(join(folder, "111122223333", "eu-west-1", "ec2"))).toHaveLength(1);
  });

  it("lets a name be taken once", () => {
    const store = new DiskStore(fresh());
    store.put(resource("a", { names: ["own a", "shared"] }));
    expect(() => store.put(resource("b", { names: ["own b", "shared"] }))).toThrow(
      '"shared" is already taken by urn:a',
    );
    expect(store.find("own b")).toBeUndefined();
  });

  it("frees the names that a resource no longer bears", () => {
    const store = new DiskStore(fresh());
    store.put(resource("a", { names: ["own a", "old"], uses: ["x"] }));
    store.put(resource("a", { names: ["own a", "new"] }));
    expect(store.find("old")).toBeUndefined();
    store.put(resource("b", { names: ["own b", "old"] }));
    expect(store.usersOf(resource("x", { names: ["x"] }))).toEqual([]);
  });

  it("takes over a claim whose record never came", () => {
    const folder = fresh();
    const store = new DiskStore(folder);
    store.put(resource("a"));
    rmSync(join(folder, "111122223333"), { recursive: true });
    store.put(resource("a"));
    expect(store.find("own a")?.id).toBe("a");
  });

  it("lets another take over a claim whose record never came, and finds it by that name", () => {
    const folder = fresh();
    const store = new DiskStore(folder);
    store.put(resource("a", { names: ["own a", "shared"] }));
    rmSync(join(folder, "111122223333"), { recursive: true });
    store.put(resource("b", { names: ["own b", "shared"] }));
    expect(store.find("shared")?.id).toBe("b");
    expect(() => store.put(resource("c", { names: ["own c", "shared"] }))).toThrow(NameTakenError);
  });

  it("believes no name and no use that the record does not confirm", () => {
    const folder = fresh();
    const store = new DiskStore(folder);
    store.put(resource("a", { names: ["own a", "old"], uses: ["x"] }));
    const [file = ""] = readdirSync(join(folder, "111122223333", "eu-west-1", "ec2"));
    const path = join(folder, "111122223333", "eu-west-1", "ec2", file);
    // As after a crash between the record and what leads to it.
    writeFileSync(path, JSON.stringify(resource("a")));
    expect(store.find("old")).toBeUndefined();
    expect(store.usersOf(resource("x", { names: ["x"] }))).toEqual([]);
    expect(store.find("own a")?.id).toBe("a");
  });

  it("keeps apart what differs only in characters that file names cannot have", () => {
    const store = new DiskStore(fresh());
    for (const id of ["a/b", "a:b", "a_b", "A_B", "../../a", "é"]) store.put(resource(id));
    for (const id of ["a/b", "a:b", "a_b", "A_B", "../../a", "é"]) expect(store.find(`own ${id}`)?.id).toBe(id);
    expect(store.all()).toHaveLength(6);
  });

  it("names the file that is corrupt, and keeps it", () => {
    const folder = fresh();
    const store = new DiskStore(folder);
    store.put(resource("a"));
    const [file = ""] = readdirSync(join(folder, "111122223333", "eu-west-1", "ec2"));
    const path = join(folder, "111122223333", "eu-west-1", "ec2", file);
    writeFileSync(path, "{ not json");
    expect(() => store.find("own a")).toThrow(`the sandbox's record ${path} is corrupt`);
    expect(readdirSync(join(folder, "111122223333", "eu-west-1", "ec2"))).toEqual([file]);
  });

  it("lists everything, and nothing that is gone", () => {
    const store = new DiskStore(fresh());
    store.put(resource("a"));
    store.put(resource("b"));
    store.remove(resource("a"));
    expect(store.all().map((it) => it.id)).toEqual(["b"]);
  });
});
