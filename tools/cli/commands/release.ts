import { Command, InvalidArgumentError, Option } from "commander";
import type { Candidate } from "../../../releases/releases.ts";
import { dayOf } from "../../../contracts/day.ts";
import type { Edit, editService } from "../../release/edit-releases.ts";
import { examples } from "../arguments.ts";
import { releaseRows, releasesText } from "../text/release-text.ts";
import { say } from "../text/terminal.ts";

interface EditOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `alicerce release`: which versions of the MCP servers run, and which is on trial; edits `releases/releases.ts`. */
export const release = new Command("release")
  .description("Put releases of MCP servers on trial, promote them or roll them back, in the release data.")
  .exitOverride()
  .addHelpText(
    "after",
    examples(
      ["alicerce release list", "what is released"],
      ["alicerce release candidate database 3.1.0 --digest sha256:… --weight 10", "one caller in ten meets 3.1.0"],
      ["alicerce release promote database", "all do"],
      ["alicerce release rollback database", "none does; fails where no release is on trial"],
      ["alicerce release rollback database --promotion", "back to the release before the last promotion"],
    ),
  );

release
  .command("list")
  .description("Show the releases of every MCP server.")
  .option("--json", "machine-readable output", false)
  .action(async ({ json }: { json: boolean }) => {
    const { readServices } = await import("../../release/edit-releases.ts");
    const rows = releaseRows(await readServices());
    if (json) say(JSON.stringify({ releases: rows }, null, 2));
    else say(releasesText(rows));
  });

editing("candidate", "Put a release on trial beside the newest one.")
  .argument("<version>", "its semantic version, newer than the newest release")
  .requiredOption("--digest <digest>", "the digest of its image: sha256: and 64 digits")
  .addOption(new Option("--weight <percent>", "how many callers in a hundred it gets").argParser(whole).default(10))
  .action(async (service: string, version: string, options: EditOptions & Pick<Candidate, "weight" | "digest">) => {
    const { withCandidate } = await import("../../release/release-steps.ts");
    const { parseVersion } = await import("../../release/semantic-version.ts");
    const candidate = { version: parseVersion(version), digest: options.digest, weight: options.weight };
    await edit(service, options, (it) => withCandidate(service, it, candidate));
  });

editing("weight", "Change how many callers in a hundred the candidate gets.")
  .argument("<percent>", "from 1 to 99", whole)
  .action(async (service: string, weight: number, options: EditOptions) => {
    const { withWeight } = await import("../../release/release-steps.ts");
    await edit(service, options, (it) => withWeight(service, it, weight));
  });

editing("promote", "Make the candidate the newest release; a new major deprecates the one before it.")
  .option("--remove-on <day>", "when the deprecated major may be gone, as yyyy-mm-dd (default: in a year)")
  .option("--dangerously-drop-major", "drop the oldest major although clients were promised more time", false)
  .action(async (service: string, options: EditOptions & { removeOn?: string; dangerouslyDropMajor: boolean }) => {
    const { promoted } = await import("../../release/release-steps.ts");
    const { parseDay } = await import("../../release/calendar-day.ts");
    const { dangerouslyDropMajor } = options;
    const removeOn = options.removeOn === undefined ? undefined : parseDay(options.removeOn);
    const how = { today: dayOf(new Date()), removeOn, dangerouslyDropMajor };
    await edit(service, options, (it) => promoted(service, it, how));
  });

editing("rollback", "End the trial of the candidate, or take back the last promotion.")
  .option("--promotion", "return to the releases before the last promotion", false)
  .addHelpText(
    "after",
    examples(
      ["alicerce release rollback database", "end the trial of the candidate; fails where there is none"],
      ["alicerce release rollback database --promotion", "back to the release before the last promotion"],
    ),
  )
  .action(async (service: string, options: EditOptions & { promotion: boolean }) => {
    const { withoutCandidate, withoutPromotion } = await import("../../release/release-steps.ts");
    await edit(service, options, (it) => (options.promotion ? withoutPromotion : withoutCandidate)(service, it));
  });

function editing(name: string, description: string): Command {
  return release
    .command(name)
    .description(description)
    .argument("<service>", "an MCP server of the release data")
    .option("--dry-run", "say what would change, and change nothing", false)
    .option("--json", "machine-readable output", false);
}

async function edit(
  service: string,
  { dryRun, json }: EditOptions,
  step: Parameters<typeof editService>[1],
): Promise<void> {
  // Only these commands need a parser and a formatter.
  const module = await import("../../release/edit-releases.ts");
  const it = await module.editService(service, step, { dryRun });
  if (json) say(JSON.stringify({ name: service, dryRun, ...it }, null, 2));
  else sayEdit(it, dryRun);
}

function sayEdit({ notes, changed }: Edit, dryRun: boolean): void {
  for (const note of notes) say(`${note}.`);
  if (!changed) say("It is so already: the release data stays as it is.");
  else if (dryRun) say("The release data would change; --dry-run left it as it is.");
  else say("\nenvironments/releases.ts is changed. Next: npx alicerce plan, then npx alicerce up.");
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number of percent.");
  return Number(text);
}
