import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { closedEnvironment, closedVariables, exportLines } from "../../../tools/engine/environment.ts";
import { foldersOf } from "../../../tools/engine/folders.ts";
import { writeProviderPlugins } from "../../../tools/engine/plugins.ts";

test("nothing of another backend, account or cluster reaches a closed run", () => {
  const variables = closedVariables(foldersOf("/p", {}), "/cli/pulumi", "realistic");
  const environment = closedEnvironment(variables, {
    AWS_PROFILE: "real",
    HOME: "/home/me",
    KUBECONFIG: "/real",
    PATH: "/usr/bin",
    PULUMI_ACCESS_TOKEN: "secret",
    PULUMI_BACKEND_URL: "https://api.pulumi.com",
  });
  expect(environment).not.toHaveProperty("AWS_PROFILE");
  expect(environment).not.toHaveProperty("KUBECONFIG");
  expect(environment).not.toHaveProperty("PULUMI_ACCESS_TOKEN");
  expect(environment).toMatchObject({
    HOME: "/home/me",
    PATH: `${path.dirname(process.execPath)}:/cli:/usr/bin`,
    PULUMI_BACKEND_URL: "file:///p/.alicerce/state",
    PULUMI_HOME: "/p/.alicerce/engine/home",
    ALICERCE_SANDBOX: "/p/.alicerce/sandbox",
    ALICERCE_PREVIEW: "realistic",
  });
});

test("ALICERCE_HOME moves everything but the cache", () => {
  const { cache, home, state, sandbox, pulumiHome, report } = foldersOf("/p", {
    ALICERCE_HOME: "/t",
    XDG_CACHE_HOME: "/c",
  });
  expect({ cache, home, state, sandbox, pulumiHome, report }).toEqual({
    cache: "/c/alicerce",
    home: "/t",
    state: "/t/state",
    sandbox: "/t/sandbox",
    pulumiHome: "/t/engine/home",
    report: "/t/report",
  });
});

test("a shell reads the exported lines back, whatever a folder is called", async () => {
  const project = "/a folder/it's $HOME";
  const lines = exportLines(closedVariables(foldersOf(project, {}), "/cli/pulumi", "known"));
  const { stdout } = await execa("sh", [
    "-c",
    `${lines}printf '%s|%s|%s' "$ALICERCE_HOME" "$ALICERCE_PREVIEW" "$PATH"`,
  ]);
  const [home, preview, searchPath] = stdout.split("|");
  expect(home).toBe(`${project}/.alicerce`);
  expect(preview).toBe("known");
  expect(searchPath).toBe(`${path.dirname(process.execPath)}:/cli:${process.env["PATH"]}`);
});

test("every provider has a plugin of the installed version, written once", async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-plugins-"));
  try {
    const folders = foldersOf(dir, {});
    await writeProviderPlugins(folders);
    const plugins = path.join(folders.pulumiHome, "plugins");
    const names = (await readdir(plugins)).sort();
    expect(names.map((it) => it.replace(/-v\d+\.\d+\.\d+$/, ""))).toEqual([
      "resource-aws",
      "resource-eks",
      "resource-keycloak",
      "resource-kubernetes",
    ]);
    const file = path.join(plugins, names[0] ?? "", "pulumi-resource-aws");
    expect(await readFile(file, "utf8")).toMatch(
      /^#!\/bin\/sh\nexec '.*node' '.*\/sandbox\/control-plane\/provider\/main\.ts' 'aws' "\$@"\n$/,
    );
    const before = await stat(file);
    expect(before.mode & 0o111).toBe(0o111);
    await writeProviderPlugins(folders);
    expect((await stat(file)).ino).toBe(before.ino);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
