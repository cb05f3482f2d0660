import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where Chromium is on this machine (`apt-get install chromium`): tests may go without it on a laptop, and not silently; never in CI. */
export function chromiumPath(): string | undefined {
  const found = [process.env["CHROMIUM_PATH"] ?? "", ...PLACES].find((it) => it !== "" && existsSync(it));
  if (found !== undefined) return found;
  if (process.env["CI"] !== undefined) throw new Error("Chromium must be installed");
  console.warn("SKIPPED: no Chromium on this machine, so the chat page is not tried in a browser here");
  return undefined;
}
