import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { builtBundle, MANIFEST } from "../../../infra/artifacts/built-bundle.ts";
import { type Bundle, bundle, upToDateBundle, writeBundle } from "../../../tools/build/bundle.ts";
import { CONTRACTS_FILE, contractsText } from "../../../tools/build/contracts.ts";
import { staleContracts } from "../../../tools/build/contract-sources.ts";
import { ensureBundles } from "../../../tools/build/ensure-bundles.ts";
import { MCP_DEFINITIONS } from "../../../tools/build/mcp-servers.ts";
import { servicesOf } from "../../../tools/build/services.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { ProjectCopy } from "../../support/project-copy.ts";

const textOf = (file: string): string => readFileSync(path.join(PROJECT, file), "utf8");
const digestsOf = (bundles: readonly Bundle[]): readonly string[] =>
  bundles.map((it) => `${it.service.name} ${it.digest}`);
const textsOf = ({ files }: Bundle): Readonly<Record<string, string>> =>
  Object.fromEntries(files.map((it) => [it.path, Buffer.from(it.bytes).toString()]));
const SERVICES = servicesOf(PROJECT);

describe("what is written down of the services", () => {
  let bundles: readonly Bundle[];
  beforeAll(async () => {
    bundles = await Promise.all(SERVICES.map((it) => upToDateBundle(it, PROJECT)));
  });

  it("is what the servers declare: run `npm run build`", async () => {
    expect(textOf(CONTRACTS_FILE)).toBe(await contractsText(MCP_SERVERS, MCP_DEFINITIONS, PROJECT));
  });

  it("is the same when it is built once more, elsewhere", async () => {
    const copy = new ProjectCopy();
    try {
      const again = await Promise.all(servicesOf(copy.folder).map((it) => bundle(it, copy.folder)));
      expect(digestsOf(again)).toEqual(digestsOf(bundles));
    } finally {
      copy.remove();
    }
  });

  it("has a server for every service in the release data", () => {
    const servers = SERVICES.filter((it) => it.kind === "mcp-server").map((it) => it.name);
    expect(servers).toEqual(expect.arrayContaining(Object.keys(MCP_SERVERS).map((it) => `mcp-${it}`)));
  });

  it("tells of no bundle where on which machine it was built", () => {
    const all = bundles.flatMap(({ files }) => files.map((it) => Buffer.from(it.bytes).toString()));
    expect(all.filter((it) => it.includes(PROJECT))).toEqual([]);
  });
});

describe("a server whose sources have changed since its contract was written", () => {
  const copy = new ProjectCopy();
  afterAll(() => copy.remove());

  it("is named, and no other is", async () => {
    expect(await staleContracts(copy.folder)).toEqual([]);
    const tool = path.join(copy.folder, "services/mcp/files/tools", "another-tool.ts");
    writeFileSync(tool, "export {};\n");
    expect(await staleContracts(copy.folder)).toEqual(["files"]);
    rmSync(tool);
    expect(await staleContracts(copy.folder)).toEqual([]);
  });

  it("is what a plan warns of, with what to do", async () => {
    const plan = () =>
      execa(
        process.execPath,
        [path.join(copy.folder, "tools/cli/main.ts"), "plan", "--stack", "development", "--json"],
        {
          cwd: copy.folder,
          env: { ALICERCE_HOME: path.join(copy.folder, ".alicerce") },
        },
      );
    expect((await plan()).stderr).not.toContain("Warning");
    const server = path.join(copy.folder, "services/mcp/files/server.ts");
    writeFileSync(server, `${readFileSync(server, "utf8")}// changed\n`);
    const { stdout, stderr } = await plan();
    expect(stderr).toContain(
      "Warning: services/mcp/files/ has changed since its contract was written. To plan what it offers now: npm run build",
    );
    expect(JSON.parse(stdout)).toMatchObject({ violations: [] });
  });
});

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.warn("test/tools/build/bundle.test.ts: NOT RUN as a whole, because only root can mount a folder read-only");

describe.skipIf(!isRoot)("in a checkout that cannot be written", () => {
  const copy = new ProjectCopy();
  const home = mkdtempSync(path.join(tmpdir(), "alicerce-home-"));
  rmSync(path.join(copy.folder, "dist"), { recursive: true });
  beforeAll(() => execa("mount", ["--bind", "-o", "ro", copy.folder, copy.folder]));
  afterAll(async () => {
    await execa("umount", ["--lazy", copy.folder]);
    copy.remove();
    rmSync(home, { recursive: true });
  });

  it("bundles are kept in ALICERCE_HOME", async () => {
    await ensureBundles(copy.folder, home);
    expect(existsSync(path.join(home, "dist/token-claims/index.mjs"))).toBe(true);
    const { stdout } = await plan({ ALICERCE_HOME: home });
    expect(stdout).toContain("Every premise holds.");
  });

  it("and without one the refusal says what to do", async () => {
    await expect(ensureBundles(copy.folder, "")).rejects.toMatchObject({
      code: "ERR_UNWRITABLE",
      message: `what the stacks deploy must be built, and ${copy.folder}/dist cannot be written: set ALICERCE_HOME to a folder that can, or run \`npm run build\` where the checkout can be written`,
    });
  });

  function plan(env: Readonly<Record<string, string>>) {
    const main = path.join(copy.folder, "tools/cli/main.ts");
    return execa(process.execPath, [main, "plan", "--stack", "development"], { cwd: copy.folder, env });
  }
});

describe("a bundle in dist/", () => {
  const project = mkdtempSync(path.join(tmpdir(), "alicerce-bundle-"));
  const copy = new ProjectCopy();
  const service = servicesOf(copy.folder).find((it) => it.name === "token-claims")!;
  afterAll(() => {
    copy.remove();
    rmSync(project, { recursive: true });
  });
  const append = (file: string, text: string): (() => void) => {
    const place = path.join(copy.folder, file);
    const before = readFileSync(place);
    writeFileSync(place, Buffer.concat([before, Buffer.from(text)]));
    return () => writeFileSync(place, before);
  };

  it("is refused where there is none, with what to do", async () => {
    await expect(builtBundle("token-claims", project)).rejects.toMatchObject({
      code: "ERR_BUNDLE",
      message: 'the bundle of "token-claims" does not exist: run `npm run build`',
    });
  });

  it.each(["services/token-claims/handler.ts", "package-lock.json", "dist/token-claims/index.mjs"])(
    "is refused once %s is another",
    async (file) => {
      await writeBundle(await bundle(service, copy.folder), copy.folder);
      await builtBundle("token-claims", copy.folder);
      const undo = append(file, "\n");
      await expect(builtBundle("token-claims", copy.folder)).rejects.toThrow(path.basename(file));
      undo();
      await builtBundle("token-claims", copy.folder);
    },
  );

  it("is built anew where it is older than its sources, and left alone where it is not", async () => {
    await ensureBundles(copy.folder);
    const { files } = await builtBundle("token-claims", copy.folder);
    const marker = "// left alone\n";
    const undo = append("services/token-claims/handler.ts", 'export const note = "changed";\n');
    await ensureBundles(copy.folder);
    expect(readFileSync(files["index.mjs"]!, "utf8")).toContain("changed");
    undo();
    await ensureBundles(copy.folder);
    expect(readFileSync(files["index.mjs"]!, "utf8")).not.toContain("changed");
    writeFileSync(path.join(copy.folder, "dist/token-claims/marker"), marker);
    await ensureBundles(copy.folder);
    expect(readFileSync(path.join(copy.folder, "dist/token-claims/marker"), "utf8")).toBe(marker);
  });

  it("is what a build takes, and another is made once a source, or what the service is made of, is another", async () => {
    const build = async () => {
      const service = servicesOf(copy.folder).find((it) => it.name === "token-claims")!;
      const built = await upToDateBundle(service, copy.folder);
      return [built, statSync(path.join(copy.folder, "dist/token-claims", MANIFEST)).mtimeMs] as const;
    };
    const [first, madeAt] = await build();
    const [second, keptFrom] = await build();
    expect([second, keptFrom]).toEqual([{ ...first, files: second.files }, madeAt]);
    expect(textsOf(second)).toEqual(textsOf(first));
    const undo = append("services/token-claims/handler.ts", 'export const note = "changed";\n');
    const [changed] = await build();
    undo();
    expect(textsOf(changed)).not.toEqual(textsOf(first));
    writeFileSync(path.join(copy.folder, "services/token-claims/new-worker.ts"), "export {};\n");
    const [grown] = await build();
    expect(Object.keys(textsOf(grown))).toContain("new-worker.mjs");
  });
});
