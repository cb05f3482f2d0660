import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { Stoppable } from "./cleanup.ts";

/**
 * Waits until whoever holds the other end of standard input is gone, however that came about, then removes what it is given.
 * What still writes there is waited for.
 */
const REMOVER = `
trap '' INT TERM HUP
read -r word
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  rm -rf "$@" 2>/dev/null && exit 0
  sleep 1
done
`;

/** Removes files and folders when it is stopped, and also when this process is killed before. */
export function removedInTheEnd(...paths: readonly string[]): Stoppable {
  const remover = spawn("/bin/sh", ["-c", REMOVER, "remover", ...paths], {
    cwd: "/",
    // Not in the terminal's group: an interrupt there is not meant for it.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  remover.unref();
  return {
    stop: async () => {
      remover.ref();
      const isRunning = remover.exitCode === null && remover.signalCode === null;
      const exit = isRunning ? once(remover, "exit") : undefined;
      remover.stdin.end();
      await exit;
      for (const it of paths) await rm(it, { recursive: true, force: true });
    },
  };
}
