import { Argument, Command } from "commander";
import { environments, requireSound } from "../../../environments/index.ts";
import { AddressError } from "../../../environments/address.ts";
import type { Environment } from "../../../environments/schema.ts";
import { examine, isHealthy } from "../../doctor/doctor.ts";
import { foldersOf } from "../../engine/folders.ts";
import { examples } from "../arguments.ts";
import { EXIT } from "../exit-code.ts";
import { doctorText } from "../text/doctor-text.ts";
import { say } from "../text/terminal.ts";

/** `alicerce doctor`: what is missing on the machine and in the account, and what to do about it. */
export const doctor = new Command("doctor")
  .description("Say what is missing for the commands to work, on this machine and, with --cloud, in the AWS account.")
  .addArgument(
    new Argument("[environment]", `one of ${Object.keys(environments).join(", ")}, for --cloud`).default("production"),
  )
  .option("--cloud", "also look at the account of the environment: credentials, regions, zones, quotas, models", false)
  .option("--json", "machine-readable output on stdout", false)
  .addHelpText(
    "after",
    examples(
      ["alicerce doctor", "what this machine lacks; works without a network"],
      ["alicerce doctor staging --cloud", "what a deployment of staging to AWS would lack; only reads"],
    ),
  )
  .action(async (name: string, { cloud, json }: { cloud: boolean; json: boolean }) => {
    const environment = cloud ? { environment: environmentOf(name) } : {};
    const findings = await examine({ folders: foldersOf(), env: process.env, now: new Date(), ...environment });
    if (!isHealthy(findings)) process.exitCode = EXIT.failed;
    say(json ? JSON.stringify({ healthy: isHealthy(findings), findings }, null, 2) : doctorText(findings));
  });

function environmentOf(name: string): Environment {
  const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (environment === undefined) throw new AddressError(`unknown environment "${name}"`, Object.keys(environments));
  requireSound(name);
  return environment;
}
