/** The parts of a semantic version, or `undefined` for any other text. */
export function majorOf(version: string | undefined): number | undefined {
  const parts = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.exec(version ?? "");
  return parts === null ? undefined : Number(parts[1]);
}
