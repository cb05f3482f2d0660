import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Folders, foldersOf, PROJECT } from "../../../tools/engine/folders.ts";

/** A Pulumi project of its own, with our dependencies, and all of its state below it. */
export interface TemporaryProject extends AsyncDisposable {
  readonly folders: Folders;
}

const COMPONENTS = `
import * as pulumi from "@pulumi/pulumi";

class Thing extends pulumi.ComponentResource {
  constructor(name: string) {
    super("probe:index:Thing", name);
    this.registerOutputs({});
  }
}

new Thing("one");
new Thing("two");
`;

/** Makes a project whose program holds two component resources, and then what is given. */
export async function temporaryProject(more = ""): Promise<TemporaryProject> {
  const dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-project-"));
  await mkdir(path.join(dir, "infra"));
  await writeFile(path.join(dir, "infra/index.ts"), COMPONENTS + more);
  await writeFile(path.join(dir, "package.json"), '{"name":"probe","type":"module","private":true}');
  const runtime = "runtime: { name: nodejs, options: { typescript: false } }";
  await writeFile(path.join(dir, "Pulumi.yaml"), `name: alicerce\n${runtime}\nmain: infra/index.ts\n`);
  await symlink(path.join(PROJECT, "node_modules"), path.join(dir, "node_modules"));
  const env = { ...process.env, ALICERCE_HOME: "" };
  return {
    folders: foldersOf(dir, env),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}
