import { stat } from "node:fs/promises";
import { Command } from "commander";
import { parseAddress } from "../../../environments/address.ts";
import { type Folders, foldersOf } from "../../engine/folders.ts";
import { readState, StateError } from "../../engine/state/state.ts";
import { stateFileOf } from "../../engine/state/state-copy.ts";
import { forgetState, repairState } from "../../engine/state/state-repair.ts";
import type { StoredResource } from "../../../sandbox/control-plane/store/store.ts";
import { examples } from "../arguments.ts";
import { ask } from "../rollout/agreement.ts";
import { endRequested, unlessInterrupted } from "../interruption.ts";
import { exclusively } from "../run-lock.ts";
import { describeCopy } from "../stack-status.ts";
import { counted, say } from "../text/terminal.ts";

interface StateOptions {
  readonly yes: boolean;
  readonly json: boolean;
}

interface Run {
  readonly folders: Folders;
  readonly signal: AbortSignal;
}

/** `alicerce state`: ways out where the state of a stack in the sandbox cannot be read. */
export const state = new Command("state")
  .description("Repair or forget the state of a stack in the sandbox, where it cannot be read.")
  .exitOverride()
  .addHelpText(
    "after",
    examples(
      ["alicerce status", "which states cannot be read"],
      ["alicerce state repair production.eu-west-1", "take the newest copy that can be read"],
      ["alicerce state forget production.eu-west-1", "begin anew: the state of the stack is removed"],
    ),
  );

onStack("repair", "Put the newest copy of a state that can be read in its place; the broken file is kept beside it.")
  .addHelpText(
    "after",
    examples(
      ["alicerce state repair development", "say what would take its place, and ask"],
      ["alicerce state repair development --yes", "without a question"],
    ),
  )
  .action((address: string, options: StateOptions) =>
    alone(address, (folders, signal) => repair({ folders, signal }, address, options)),
  );

onStack("forget", "Remove the state of a stack and its copies; what exists of it in the sandbox cloud stays.")
  .option("--resources", "remove what exists of the stack in the sandbox cloud, too", false)
  .addHelpText(
    "after",
    examples(
      ["alicerce state forget development", "say what would be left behind, and ask"],
      ["alicerce state forget development --resources --yes", "nothing is left; the next `up` creates all of it"],
    ),
  )
  .action((address: string, options: StateOptions & { resources: boolean }) =>
    alone(address, (folders, signal) => forget({ folders, signal }, address, options)),
  );

function onStack(name: string, description: string): Command {
  return state
    .command(name)
    .description(description)
    .argument("<stack>", "the address of the stack, such as production.eu-west-1")
    .option("--yes", "do not ask", false)
    .option("--json", "machine-readable output on stdout", false);
}

/** A stack that the data no longer has is still known by its state. */
async function alone(address: string, work: (folders: Folders, signal: AbortSignal) => Promise<void>): Promise<void> {
  const folders = foldersOf();
  const isName = /^[a-z0-9-]+(\.[a-z0-9-]+){0,2}$/.test(address);
  const exists = isName && (await stat(stateFileOf(folders, address)).catch(() => undefined)) !== undefined;
  if (!exists) {
    parseAddress(address);
    throw new Error(`there is no state of ${address} in ${folders.state}`);
  }
  const signal = endRequested();
  await exclusively(folders.home, false, () => unlessInterrupted(signal, work(folders, signal)));
}

async function repair({ folders, signal }: Run, address: string, { yes, json }: StateOptions): Promise<void> {
  const broken = await faultOf(folders, address);
  if (broken === undefined) {
    if (json) say(JSON.stringify({ address, repaired: false }, null, 2));
    else say(`The state of ${address} can be read: there is nothing to repair.`);
    return;
  }
  if (broken.copy === undefined) throw broken;
  if (!json) say(`${broken.file} cannot be read (${broken.reason}).\n${describeCopy(broken.copy)}`);
  if (!yes) await agree(`Put it in the place of the state of ${address}?`, signal);
  const aside = await repairState(folders, address, broken.copy, new Date());
  const { file, resources } = broken.copy;
  if (json) {
    say(JSON.stringify({ address, repaired: true, from: file, resources, brokenKeptAs: aside }, null, 2));
    return;
  }
  say(`Repaired: ${counted(resources, "resource")}. The broken file is kept as ${aside}.`);
  say("What was created after this copy is in the sandbox, but not in the state: `up` says so where it meets it.");
  say(`Next: npx alicerce up --stack ${address}`);
}

async function forget(
  { folders, signal }: Run,
  address: string,
  { yes, json, resources }: StateOptions & { readonly resources: boolean },
): Promise<void> {
  const { DiskStore } = await import("../../../sandbox/control-plane/store/disk-store.ts");
  const store = new DiskStore(folders.sandbox);
  const left = store.all().filter((it) => it.urn.startsWith(`urn:pulumi:${address}::`));
  if (!json) say(forgetting(address, left, resources));
  if (!yes) await agree(`Forget the state of ${address}?`, signal);
  await forgetState(folders, address);
  if (resources) for (const it of left) store.remove(it);
  const leftBehind = resources ? 0 : left.length;
  if (json) say(JSON.stringify({ address, forgotten: true, leftBehind }, null, 2));
  else say(`Forgotten. Next: npx alicerce up --stack ${address}`);
}

function forgetting(address: string, left: readonly StoredResource[], removes: boolean): string {
  const state = `The state of ${address} and all copies of it are removed.`;
  if (left.length === 0) return `${state} Nothing of it exists in the sandbox cloud.`;
  const things = counted(left.length, "resource");
  if (removes) return `${state} The ${things} of it in the sandbox cloud are removed, too.`;
  return `${state} Left behind: ${things} of it in the sandbox cloud, whose names \`up\` then finds taken (--resources removes them, too).`;
}

async function faultOf(folders: Folders, address: string): Promise<StateError | undefined> {
  try {
    await readState(folders, address);
    return undefined;
  } catch (error) {
    if (error instanceof StateError) return error;
    throw error;
  }
}

async function agree(question: string, signal: AbortSignal): Promise<void> {
  await ask({
    question: `${question} (y/N) `,
    accepts: ["y", "yes"],
    otherwise: `${question} Nobody can be asked here: agree with --yes; nothing was changed`,
    signal,
  });
}
