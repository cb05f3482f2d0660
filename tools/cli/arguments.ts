import { availableParallelism } from "node:os";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { environments } from "../../environments/index.ts";
import { PREVIEW_MODES, type PreviewMode } from "../../sandbox/control-plane/preview-mode.ts";

/** A command about stacks: its environment argument, `--stack` and `--json`. */
export function stackCommand(name: string, description: string, standard = ' (default: "production")'): Command {
  return new Command(name)
    .description(description)
    .addArgument(new Argument("[environment]", `one of ${Object.keys(environments).join(", ")}${standard}`))
    .option("--stack <address>", "only this stack, such as production.eu-west-1")
    .option("--json", "machine-readable output on stdout; progress goes to stderr", false);
}

/** `--preview`: what is known of values that only a deployment would tell. */
export function previewOption(standard: PreviewMode): Option {
  const meaning =
    "what a plan knows of values that the cloud computes: nothing (realistic), or all that the sandbox will answer (known)";
  return new Option("--preview <mode>", meaning).choices([...PREVIEW_MODES]).default(standard);
}

/** `--parallel`: how many stacks are worked on at once. */
export function parallelOption(): Option {
  return new Option("--parallel <number>", "how many stacks to work on at once")
    .argParser(positive)
    .default(availableParallelism(), "one per core");
}

/** `--yes`: agreement, beforehand, to all that would be asked. */
export function yesOption(): Option {
  return new Option("--yes", "agree to all that is deleted or replaced, instead of being asked").default(false);
}

/** `--allow-deletes`: agreement, beforehand, to some deletions. */
export function allowDeletesOption(): Option {
  const meaning = "agree to at most this many resources deleted or replaced over the whole run";
  return new Option("--allow-deletes <number>", meaning).argParser(natural);
}

/** `--wait`: what to do when another run is at work. */
export function waitOption(): Option {
  return new Option("--wait", "wait for another run in this project, instead of refusing").default(false);
}

/** Examples below a command's help. */
export function examples(...lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return ["", "Examples:", ...lines.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}`)].join("\n");
}

function natural(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It must be a number from 0 to 999999.");
  return Number(text);
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("It must be a number from 1 to 999.");
  return Number(text);
}
