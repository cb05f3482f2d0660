import { spawn } from "node:child_process";
import { BootstrapError } from "./bootstrap-error.mjs";
import { announce } from "./waiting.mjs";

const KEPT_LINES = 20;
const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];

/** Runs npm, quietly but for a sign of life; when it fails, its last lines are in the error. */
export async function npm(args, { cwd, env, step, estimate }) {
  const [file, ...before] = commandOf(env);
  const done = announce(estimate === undefined ? step : `${step} (${estimate})`);
  let output = "";
  const code = await new Promise((resolve, reject) => {
    const child = spawn(file, [...before, ...args, ...QUIET], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (it) => (output += it));
    child.on("error", (error) =>
      reject(new BootstrapError(`npm cannot be started (${error.message}); install Node.js with npm`)),
    );
    child.on("close", resolve);
  }).finally(done);
  if (code === 0) return;
  const lines = output.trimEnd().split("\n").slice(-KEPT_LINES);
  throw new BootstrapError(
    [`${step} failed: npm ended with exit code ${code}`, ...lines.map((it) => `  ${it}`)].join("\n"),
  );
}

/** The npm that runs us, else the one on PATH. */
function commandOf(env) {
  const own = env.npm_execpath;
  return own !== undefined && /npm-cli\.c?js$/.test(own) ? [process.execPath, own] : ["npm"];
}
