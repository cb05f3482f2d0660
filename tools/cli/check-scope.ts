import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { UsageError } from "./exit-code.ts";

/** A part of the checkout that is to be checked. */
export interface CheckScope {
  /** The files and folders whose format and lint are checked, relative to the checkout. */
  readonly paths: readonly string[];
  /** What is told to vitest: parts of the names of test files, or which commit changes are counted from. */
  readonly tests: readonly string[];
}

/** The part below some paths, given relative to `cwd`: a path of sources stands for its tests, too. Throws `UsageError`. */
export function scopeOf(given: readonly string[], project: string, cwd: string): CheckScope {
  const paths = given.map((it) => {
    const place = path.resolve(cwd, it);
    const relative = path.relative(project, place).split(path.sep).join("/");
    if (relative.startsWith("..") || path.isAbsolute(relative)) throw new UsageError(`${it} is not in ${project}`);
    if (!existsSync(place)) throw new UsageError(`there is no ${it}`);
    return relative === "" ? "." : relative;
  });
  return { paths, tests: paths.includes(".") ? [] : paths.map((it) => testsOf(it, project)) };
}

/** The part that git says has changed since a commit, files that it does not know yet included. Throws `UsageError`. */
export async function changedScope(since: string, project: string): Promise<CheckScope> {
  const [changed, unknown] = await Promise.all([
    git(["diff", "--name-only", "--diff-filter=d", "--relative", since, "--"], project),
    git(["ls-files", "--others", "--exclude-standard"], project),
  ]);
  return { paths: [...new Set([...changed, ...unknown])], tests: [`--changed=${since}`] };
}

/** Tests mirror the sources: `tools/report/report.ts` is tested by what begins with `test/tools/cli/report.`. */
function testsOf(relative: string, project: string): string {
  const own = relative === "test" || relative.startsWith("test/") ? relative : `test/${relative}`;
  if (statSync(path.join(project, relative)).isDirectory()) return `${own}/`;
  return own.endsWith(".test.ts") ? own : `${own.slice(0, own.length - path.extname(own).length)}.`;
}

async function git(args: readonly string[], project: string): Promise<readonly string[]> {
  const { failed, stdout, stderr, shortMessage } = await execa("git", args, { cwd: project, reject: false });
  if (failed) throw new UsageError(`git cannot tell what has changed: ${stderr.trim() || shortMessage}`);
  return stdout.split("\n").filter((it) => it !== "");
}
