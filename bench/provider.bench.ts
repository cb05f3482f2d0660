import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PROJECT } from "../tools/engine/folders.ts";
import { residentMegabytes, target } from "./support/target.ts";

const root = mkdtempSync(join(tmpdir(), "alicerce-bench-"));
for (const pkg of ["aws", "kubernetes", "keycloak"]) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(PROJECT, "sandbox/control-plane/provider/main.ts"), pkg], {
    env: { ...process.env, ALICERCE_SANDBOX: root },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(createInterface(child.stdout), "line");
  target(`${pkg} provider, start`, performance.now() - began, 1_000, "ms");
  if (child.pid !== undefined)
    target(`${pkg} provider, resident memory once started`, residentMegabytes(child.pid), 120, "MB");
  child.kill();
}
rmSync(root, { recursive: true });
