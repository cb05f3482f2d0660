import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AddressError, parseAddress } from "../../environments/address.ts";
import { parseProvedPlan, type ProvedPlan } from "../../plan/loaders/proved-plan.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The whole plan of a stack before anything of it exists, with what the proofs over its environment found: from the file that
 * `ALICERCE_JUDGED_PLAN` names, else from the offline planner in a process of its own. `undefined` for a stack whose name is no address; throws when the plan cannot be made.
 */
export async function planOffline(stack: string): Promise<ProvedPlan | undefined> {
  if (!isAddress(stack)) return undefined;
  const file = process.env["ALICERCE_JUDGED_PLAN"];
  const text = file === undefined || file === "" ? await runPlanner(stack) : await readFile(file, "utf8");
  const proved = parseProvedPlan(text);
  const { plan } = proved;
  if (plan.stack !== stack) throw new Error(`the plan is of the stack "${plan.stack}", not of "${stack}"`);
  return proved;
}

function isAddress(stack: string): boolean {
  try {
    parseAddress(stack);
    return true;
  } catch (error) {
    if (error instanceof AddressError) return false;
    throw error;
  }
}

function runPlanner(stack: string): Promise<string> {
  const args = ["tools/cli/main.ts", "plan", "--stack", stack, "--model", "--proofs"];
  // A real cloud gets nothing whose image was never built, so the plan that it is compared with has nothing of it either.
  const isForReal = process.env["ALICERCE_SANDBOX"] === undefined;
  const env = { ...process.env, ...(isForReal && { ALICERCE_IMAGES: "built" }) };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: PROJECT, env, maxBuffer: MAX_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(stderr.trim() || error.message, { cause: error }));
    });
  });
}
