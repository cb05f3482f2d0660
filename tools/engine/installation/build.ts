import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { BUILT_VERSION, isOlder } from "./cli-version.ts";
import type { Progress } from "../../../sandbox/progress.ts";

/** How many packages a cold build of the CLI compiles. */
export const PACKAGES = 1_685;

const OLDEST_GO = "1.26";
const MAIN = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
/** Without its version stamped in, the CLI prints none, and whoever asks takes it for broken. */
const LINK = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${BUILT_VERSION}`;
const KEPT_LINES = 15;

/** Why the CLI cannot be built here, or `undefined` when it can: asked beside `go.mod`, so that Go may bring the version it wants. */
export async function buildFault(): Promise<string | undefined> {
  const { failed, stdout } = await execa("go", ["version"], {
    cwd: import.meta.dirname,
    reject: false,
    stdin: "ignore",
  });
  const version = /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(failed ? "" : stdout)?.[1];
  if (version === undefined) return `Go >= ${OLDEST_GO} is not installed, so the CLI cannot be built`;
  return isOlder(version, OLDEST_GO) ? `Go is ${version}, older than the ${OLDEST_GO} that builds the CLI` : undefined;
}

/** Builds the CLI from its Go modules into `file`, which appears only when it is whole; the fault holds Go's own last lines. */
export async function buildCli(file: string, onProgress: Progress): Promise<string | undefined> {
  const draft = `${file}.${randomUUID()}`;
  await mkdir(path.dirname(file), { recursive: true });
  const flags = ["-v", "-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", LINK, "-o", draft];
  try {
    const child = execa("go", ["build", ...flags, MAIN], {
      cwd: import.meta.dirname,
      env: { CGO_ENABLED: "0" },
      reject: false,
      stdin: "ignore",
      stderr: "pipe",
      buffer: false,
    });
    const lines = await follow(child.iterable({ from: "stderr" }), onProgress);
    const { failed, shortMessage } = await child;
    if (failed) return [`go build failed: ${shortMessage}`, ...lines].join("\n");
    await rename(draft, file);
    return undefined;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Counts the packages that Go names as it compiles them; answers the last lines that name none. */
async function follow(lines: AsyncIterable<unknown>, onProgress: Progress): Promise<readonly string[]> {
  const startedAt = Date.now();
  const other: string[] = [];
  let done = 0;
  const tell = (): void => {
    const detail = `${done} of ${PACKAGES} packages`;
    onProgress({ step: "building the Pulumi CLI", detail, elapsedMs: Date.now() - startedAt });
  };
  const timer = setInterval(tell, 500);
  try {
    for await (const it of lines) {
      const line = String(it);
      if (/^[\w.~-]+(\/[\w.~-]+)*$/.test(line)) done += 1;
      else if (other.push(line) > KEPT_LINES) other.shift();
    }
    return other;
  } finally {
    clearInterval(timer);
    tell();
  }
}
