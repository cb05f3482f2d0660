import path from "node:path";
import { shellQuote } from "./installation/executable.ts";
import type { Folders } from "./folders.ts";
import type { PreviewMode } from "../../sandbox/control-plane/preview-mode.ts";

/** Encrypts secrets in the sandbox's own state and nowhere else: it protects nothing that is real. */
const SANDBOX_PASSPHRASE = "sandbox";

/** Names the file of a plan that has been judged already, so that the policy pack need not plan the stack again. */
export const JUDGED_PLAN = "ALICERCE_JUDGED_PLAN";

/** Environment variables of the caller that must not reach a closed run: other backends, accounts, clusters and plans. */
const FOREIGN = /^(PULUMI_|AWS_|KEYCLOAK_|KUBECONFIG$|KUBE_|ALICERCE_JUDGED_PLAN$)/;

/** The settings file that all sandbox stacks share, instead of one `Pulumi.<stack>.yaml` each beside the program. */
export function stackSettingsFile({ engine }: Folders): string {
  return path.join(engine, "sandbox-stack.yaml");
}

/** What must be set for the engine to know only the sandbox; `PATH` holds what comes before the existing one. */
export function closedVariables(folders: Folders, cli: string, preview: PreviewMode): Record<string, string> {
  return {
    ALICERCE_HOME: folders.home,
    ALICERCE_PREVIEW: preview,
    ALICERCE_SANDBOX: folders.sandbox,
    // Compiled once, the programs and plugins of every later operation start sooner and smaller.
    NODE_COMPILE_CACHE: path.join(folders.engine, "compiled"),
    PATH: [path.dirname(process.execPath), path.dirname(cli)].join(path.delimiter),
    PULUMI_BACKEND_URL: `file://${folders.state}`,
    PULUMI_CONFIG_PASSPHRASE: SANDBOX_PASSPHRASE,
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_HOME: folders.pulumiHome,
    PULUMI_OPTION_CONFIG_FILE: stackSettingsFile(folders),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** The whole environment of an engine process: the caller's variables without those that could reach other accounts, and the closed variables. */
export function closedEnvironment(
  variables: Readonly<Record<string, string>>,
  parent: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const kept = Object.entries(parent).filter(([name, value]) => value !== undefined && !FOREIGN.test(name));
  const PATH = [variables["PATH"], parent["PATH"]].filter((it) => it !== undefined && it !== "").join(path.delimiter);
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...variables, PATH };
}

/** The variables as lines for `eval` in a POSIX shell. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shellQuote(value)}${name === "PATH" ? ':"$PATH"' : ""}\n`)
    .join("");
}
