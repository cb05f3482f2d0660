import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { isRecord } from "../../../contracts/json.ts";
import type { SarifAbout } from "../../report/sarif.ts";
import { UsageError } from "../exit-code.ts";
import type { Judgement } from "../judgement.ts";
import { say } from "../text/terminal.ts";

/** The value of `--sarif`: the file to write, or true for standard output. */
export type SarifOption = string | true | undefined;

/** The option as a command line has it, for commands that judge. */
export const SARIF_OPTION = [
  "--sarif [file]",
  "the findings in SARIF 2.1.0, for code scanning: into the file, else to stdout instead of the text",
] as const;

/** Throws `UsageError` where both forms would be printed, or where the file is something else that would be lost. */
export async function requireSarif(sarif: SarifOption, json: boolean): Promise<void> {
  if (sarif === true && json) throw new UsageError("--json and --sarif both print to stdout: name a file for --sarif");
  if (typeof sarif !== "string") return;
  if (existsSync(sarif) && !isSarif(await readFile(sarif, "utf8")))
    throw new UsageError(
      `"${sarif}" holds something else than SARIF, which --sarif would overwrite: name another file`,
    );
}

/** Writes the judgement to the file, or prints it; returns whether it was printed, which leaves no room for other words. */
export async function saySarif(
  sarif: SarifOption,
  judgement: Judgement,
  about: Omit<SarifAbout, "rules">,
): Promise<boolean> {
  if (sarif === undefined) return false;
  const [{ sarifOf }, { RULES }] = await Promise.all([
    import("../../report/sarif.ts"),
    import("../../../policies/rules.ts"),
  ]);
  const text = JSON.stringify(sarifOf(judgement, { ...about, rules: RULES }), null, 2);
  if (sarif === true) say(text);
  else await writeFile(sarif, `${text}\n`);
  return sarif === true;
}

function isSarif(text: string): boolean {
  if (text === "") return true;
  try {
    const log: unknown = JSON.parse(text);
    return isRecord(log) && log["version"] === "2.1.0" && Array.isArray(log["runs"]);
  } catch {
    return false;
  }
}
