import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { foldersOf } from "../../engine/folders.ts";
import { requireLoopback } from "../../engine/loopback.ts";
import { credentialsFile, readCredentials } from "../../../sandbox/data-plane/credentials.ts";
import { Cleanup } from "../../../sandbox/data-plane/cleanup.ts";
import { lockFolder } from "../../../sandbox/data-plane/platform-lock.ts";
import { removedInTheEnd } from "../../../sandbox/data-plane/removal.ts";
import { examples } from "../arguments.ts";
import { sayCredentials } from "../credentials-text.ts";
import { endRequested, InterruptedError } from "../interruption.ts";
import { type LocalOptions, runPlatform } from "../local-platform.ts";
import { note, say } from "../text/terminal.ts";

const HIGHEST_FIRST_PORT = 65_500;
/** For the last words to be written; what is still starting then ends with this process. */
const LAST_WORDS_MS = 200;

/** `alicerce local`: the whole MCP path on this machine, for people and their clients, or once through for a check. */
export const local = new Command("local")
  .description(
    "Run the MCP path on this machine: identity, gateways, interceptor, Cedar, MCP servers, for two tenants.",
  )
  .option("--check", "walk through the three scenarios, print what happened, and end", false)
  .option("--credentials", "print who can call the platform that runs, and how machines get tokens", false)
  .addOption(
    new Option("--identity <software>", "identity provider of developers; auto is Keycloak where there is Java")
      .choices(["auto", "embedded", "keycloak"])
      .default("auto"),
  )
  .option("--port <first>", "the first of seven ports on loopback that clients keep", firstPort, 7400)
  .option(
    "--folder <path>",
    "where rows, files and records are kept; one platform at a time (default: .alicerce/local)",
  )
  .option("--json", "print data for other programs on stdout, and nothing else", false)
  .addHelpText(
    "after",
    examples(
      ["alicerce local", "run until Ctrl-C"],
      ["alicerce local --check --identity embedded", "try everything once"],
      ["alicerce local --credentials", "while it runs: machines, their secrets, a token request"],
      ["alicerce local --folder /tmp/second --port 7500", "a second one beside it"],
    ),
  )
  .action((options: LocalOptions & CommandOptions) => run(options));

interface CommandOptions {
  readonly credentials: boolean;
  readonly folder?: string;
}

function firstPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1_024 && port <= HIGHEST_FIRST_PORT) return port;
  throw new InvalidArgumentError(`It must be a number from 1024 to ${HIGHEST_FIRST_PORT}.`);
}

async function run(options: LocalOptions & CommandOptions): Promise<void> {
  const folder = path.resolve(options.folder ?? path.join(foldersOf().home, "local"));
  if (options.credentials) return printCredentials(folder, options);
  const signal = endRequested();
  const cleanup = new Cleanup();
  // What others print, such as an issuer's notices, is no answer to the command.
  globalThis.console = new console.Console(process.stderr);
  try {
    await requireLoopback();
    const place = options.check ? await temporaryFolder(cleanup) : await ownFolder(folder, cleanup);
    await runPlatform(options, place, signal);
  } catch (error) {
    throw signal.aborted ? new InterruptedError({ cause: error }) : error;
  } finally {
    await cleanup.end();
    setTimeout(() => process.exit(), LAST_WORDS_MS).unref();
  }
}

/** A check leaves nothing behind, and disturbs no platform that runs. */
async function temporaryFolder(cleanup: Cleanup): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "alicerce-local-"));
  cleanup.with(removedInTheEnd(folder));
  return folder;
}

async function ownFolder(folder: string, cleanup: Cleanup): Promise<string> {
  cleanup.with(await lockFolder(folder, note));
  cleanup.with(removedInTheEnd(credentialsFile(folder)));
  return folder;
}

async function printCredentials(folder: string, { json }: LocalOptions): Promise<void> {
  const credentials = await readCredentials(folder);
  if (json) say(JSON.stringify(credentials, null, 2));
  else sayCredentials(credentials);
}
