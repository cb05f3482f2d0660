import { execa } from "execa";

/** The Pulumi CLI that is built where none is installed. */
export const BUILT_VERSION = "3.259.0";

/** The oldest Pulumi CLI that takes all that we ask of it. */
export const OLDEST_VERSION = "3.255.0";

/** The version of the Pulumi CLI at `file`, or a sentence that says why it cannot be used. */
export async function versionOf(file: string, pulumiHome: string): Promise<{ version: string } | { fault: string }> {
  const { failed, stdout, shortMessage } = await execa(file, ["version"], {
    env: { PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" },
    reject: false,
    stdin: "ignore",
    timeout: 60_000,
  });
  if (failed) return { fault: `${file} does not run: ${firstLine(shortMessage ?? "")}` };
  const version = /^v?(\d+\.\d+\.\d+)/.exec(stdout.trim())?.[1];
  if (version === undefined) return { fault: `${file} does not say its version, but "${firstLine(stdout)}"` };
  if (isOlder(version, OLDEST_VERSION)) return { fault: `${file} is ${version}, older than ${OLDEST_VERSION}` };
  return { version };
}

/** Compares two versions of the form `major.minor[.patch]`. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((it) => it.split(".").map(Number)) as [number[], number[]];
  for (const i of [0, 1, 2]) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
