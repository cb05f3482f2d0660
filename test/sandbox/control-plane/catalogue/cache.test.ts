import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { keyOf } from "../../../../sandbox/control-plane/catalogue/packages.ts";

const SHARED = fileURLToPath(new URL("../../../../.alicerce/cache/catalogue", import.meta.url));
const VPC = "aws:ec2/vpc:Vpc";
const MODULE = JSON.stringify(
  new URL("../../../../sandbox/control-plane/catalogue/catalogue.ts", import.meta.url).href,
);

let directory: string;
const shard = () => join(directory, keyOf("aws"), "ec2.json");
const manifest = () => join(directory, keyOf("aws"), "manifest.json");

beforeAll(async () => {
  await ensureCatalogue();
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "catalogue-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe("a generated catalogue", () => {
  it("is made once, and by one process, however many start at the same time", async () => {
    const program = `import { ensureCatalogue } from ${MODULE};
      const catalogue = await ensureCatalogue({ directory: process.argv[1], onProgress: (it) => console.error(it) });
      console.log(JSON.stringify(catalogue.checkInputs("${VPC}", { cidrBlok: "x" })));`;
    const start = () => execa(process.execPath, ["--input-type=module", "--eval", program, directory]);
    const runs = await Promise.all([start(), start(), start()]);
    for (const { stdout } of runs) expect(stdout).toContain("unknown property; similar: cidrBlock");
    expect(runs.filter(({ stderr }) => stderr.includes("generating"))).toHaveLength(1);
    expect(readdirSync(directory).sort()).toEqual((["aws", "eks", "keycloak", "kubernetes"] as const).map(keyOf));
  });

  it("says the same, byte for byte, each time that it is generated", async () => {
    await ensureCatalogue({ directory });
    for (const name of ["aws", "eks", "keycloak", "kubernetes"] as const) {
      const read = (root: string) => readFileSync(join(root, keyOf(name), "manifest.json"), "utf8");
      expect(read(directory)).toBe(read(SHARED));
    }
  });

  it("is not generated again when it is there", async () => {
    cpSync(SHARED, directory, { recursive: true });
    const messages: string[] = [];
    await ensureCatalogue({ directory, onProgress: (message) => messages.push(message) });
    expect(messages).toEqual([]);
  });

  it("loads no shard before a token of it is asked for", async () => {
    cpSync(SHARED, directory, { recursive: true });
    const catalogue = await ensureCatalogue({ directory });
    expect(catalogue.resource(VPC)).toBeDefined();
    rmSync(join(directory, keyOf("aws")), { recursive: true });
    expect(catalogue.resource("aws:ec2/subnet:Subnet")).toBeDefined();
    expect(() => catalogue.resource("aws:kms/key:Key")).toThrow("kms.json");
  });
});

describe("a damaged shard", () => {
  beforeEach(() => cpSync(SHARED, directory, { recursive: true }));

  it("that is cut short is kept aside and generated again when the catalogue is opened", async () => {
    const sound = readFileSync(shard(), "utf8");
    truncateSync(shard(), 1_000);
    const messages: string[] = [];
    const catalogue = await ensureCatalogue({ directory, onProgress: (message) => messages.push(message) });
    expect(catalogue.resource(VPC)?.token).toBe(VPC);
    expect(messages).toContain(`${shard()} is corrupt: kept as ${shard()}.corrupt; generated again`);
    expect(readFileSync(`${shard()}.corrupt`, "utf8")).toBe(sound.slice(0, 1_000));
    expect(readFileSync(shard(), "utf8")).toBe(sound);
  });

  it("of the right size is refused by name when it is read, and generated again afterwards", async () => {
    const sound = readFileSync(shard(), "utf8");
    writeFileSync(shard(), sound.replace("cidrBlock", "cidrBlocc"));
    const catalogue = await ensureCatalogue({ directory });
    expect(() => catalogue.resource(VPC)).toThrow(`${shard()} is corrupt: kept as ${shard()}.corrupt`);
    expect(existsSync(shard())).toBe(false);
    expect((await ensureCatalogue({ directory })).resource(VPC)?.inputs).toHaveProperty("cidrBlock");
  });
});

describe("a shard that is lost, or damaged with its manifest,", () => {
  beforeEach(() => cpSync(SHARED, directory, { recursive: true }));

  it("is generated again", async () => {
    rmSync(shard());
    expect((await ensureCatalogue({ directory })).resource(VPC)?.token).toBe(VPC);
    expect(readdirSync(join(directory, keyOf("aws"))).filter((file) => file.endsWith(".corrupt"))).toEqual([]);
  });

  it("is repaired", async () => {
    writeFileSync(manifest(), "{");
    truncateSync(shard(), 0);
    expect((await ensureCatalogue({ directory })).resource(VPC)?.token).toBe(VPC);
    expect(readFileSync(`${manifest()}.corrupt`, "utf8")).toBe("{");
  });
});
