import { Command } from "commander";
import { dayOf } from "../../../contracts/day.ts";
import type { Exemption } from "../../../policies/exemptions/exemption.ts";
import { isOfPlatform } from "../../../environments/address.ts";
import { isCounted } from "../../engine/counting.ts";
import { examples } from "../arguments.ts";
import { exemptionsIn } from "../judging/exemptions-file.ts";
import { type JudgedFile, readPlans } from "../judging/judged-files.ts";
import { exitCodeOfJudgement, type Judgement, summarize } from "../judgement.ts";
import { requireSarif, SARIF_OPTION, type SarifOption, saySarif } from "../judging/sarif-file.ts";
import { proveWhole, type Unproved } from "../judging/whole-environments.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { counted, duration, say, StatusLine } from "../text/terminal.ts";

interface JudgeOptions {
  readonly json: boolean;
  readonly exemptions?: string;
  readonly sarif?: SarifOption;
}

const WORDS = { made: "read and judged", refused: "Refused", held: "Every rule that applies holds." };

/** After how long it is shown what goes on, and for which size of a file at once. */
const QUIET_MS = 2_000;
const LARGE_BYTES = 50_000_000;

/** `alicerce judge`: whether the premises hold in what another tool has written of stacks; needs no engine and no account. */
export const judge = new Command("judge")
  .description(
    "Judge exported states, previews and plans of any Pulumi project, all files together as one environment.",
  )
  .argument("<files...>", "files, or folders of them: `pulumi stack export`, `pulumi preview --json --show-sames`")
  .option("--json", "machine-readable output on stdout; progress goes to stderr", false)
  .option("--exemptions <file>", "JSON with findings that somebody has agreed to bear until a day")
  .option(...SARIF_OPTION)
  .addHelpText(
    "after",
    examples(
      ["alicerce judge state.json", "what `pulumi stack export > state.json` has written"],
      ["alicerce judge states/ --json", "every state, preview and plan in a folder, as data"],
      ["alicerce judge preview.json --sarif findings.sarif", "for code scanning, beside the text"],
      ["alicerce judge state.json --exemptions exempt.json", "without the findings that are exempt"],
    ),
  )
  .addHelpText(
    "after",
    "\nThe stack is the one that the URNs name. Where its name is no address of this platform, only generic rules judge it.",
  )
  .action(async (files: readonly string[], { json, sarif, exemptions }: JudgeOptions) => {
    await requireSarif(sarif, json);
    const exempt = exemptions === undefined ? [] : await exemptionsIn(exemptions);
    const startedAt = Date.now();
    const read = await readAll(files, startedAt);
    const { judgement, unproved } = await judged(read, exempt, startedAt);
    const isPrinted = await saySarif(sarif, judgement, { id: "judge", fileOf: fileOf(read) });
    if (json) say(JSON.stringify({ ...dataOf(read, judgement), unproved }, null, 2));
    else if (!isPrinted) sayAll(judgement, unproved);
    process.exitCode = exitCodeOfJudgement(judgement);
  });

async function readAll(named: readonly string[], startedAt: number): Promise<readonly JudgedFile[]> {
  const line = new StatusLine();
  try {
    return await readPlans(named, (done, all, bytes) => {
      const spent = Date.now() - startedAt;
      if (spent < QUIET_MS && bytes < LARGE_BYTES) return;
      line.show(`reading · ${done} of ${counted(all, "file")} · ${duration(spent)}`);
    });
  } finally {
    line.clear();
  }
}

async function judged(
  files: readonly JudgedFile[],
  others: readonly Exemption[],
  startedAt: number,
): Promise<{ readonly judgement: Judgement; readonly unproved: readonly Unproved[] }> {
  const { judgeExempting } = await import("../../../policies/exemptions/exempting.ts");
  const today = dayOf(new Date(startedAt));
  const stacks = files.map(({ plan }) => {
    return { address: plan.stack, resources: plan.resources.filter(isCounted).length, durationMs: 0, warnings: [] };
  });
  const plans = files.map((it) => it.plan);
  const { verdicts, ...exemptions } = judgeExempting(plans, today, { others });
  const { proved, unproved } = await proveWhole(plans, today);
  const judgement = {
    // Nothing comes later that would make known what is not: an undecided mandatory rule refuses, as in a plan with all values known.
    preview: "known" as const,
    stacks,
    plans,
    ...summarize(verdicts, proved, exemptions),
    ...(proved !== undefined && { proved }),
    durationMs: Date.now() - startedAt,
  };
  return { judgement, unproved };
}

function sayAll(judgement: Judgement, unproved: readonly Unproved[]): void {
  const without = unproved.map(({ environment, why }) => `No proofs were run over ${environment}: ${why}.`);
  const noneIsOurs = "No proofs were run: they rest on the addresses of this platform's stacks.";
  const proofs = judgement.proved === undefined && without.length === 0 ? [noneIsOurs] : without;
  sayJudgement(judgement, { ...WORDS, unproved: proofs });
  const foreign = judgement.stacks.filter((it) => !isOfPlatform(it.address)).map((it) => it.address);
  if (foreign.length > 0)
    say(`By generic rules only, as the name is no address of this platform: ${foreign.join(", ")}.`);
}

function dataOf(files: readonly JudgedFile[], judgement: Judgement): object {
  const stacks = files.map(({ file, plan }) => {
    return {
      file,
      stack: plan.stack,
      rules: isOfPlatform(plan.stack) ? "all" : "generic",
      resources: plan.resources.length,
    };
  });
  return { ...judgementData(judgement), preview: undefined, stacks };
}

function fileOf(files: readonly JudgedFile[]): (stack: string) => string | undefined {
  const byStack = new Map(files.map(({ file, plan }) => [plan.stack, file]));
  return (stack) => byStack.get(stack);
}
