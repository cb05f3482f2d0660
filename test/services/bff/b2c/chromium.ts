import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * Where Chromium is on this machine. A laptop's tests may go without it, and say so; CI installs Debian's where it is missing, or fails. Throws
 * what `apt-get` throws.
 */
export function chromiumPath(): string | undefined {
  const found = installed();
  if (found !== undefined) return found;
  if (process.env["CI"] !== undefined) {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-qq", "-y", "--no-install-recommends", "chromium"], { stdio: "ignore" });
    return installed();
  }
  console.warn("SKIPPED: no Chromium on this machine, so the chat page is not tried in a browser here");
  return undefined;
}

function installed(): string | undefined {
  return [process.env["CHROMIUM_PATH"] ?? "", ...PLACES].find((it) => it !== "" && existsSync(it));
}
