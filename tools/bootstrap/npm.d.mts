/** Runs npm, quietly but for a sign of life; when it fails, its last lines are in the error. */
export function npm(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly step: string; readonly estimate?: string },
): Promise<void>;
