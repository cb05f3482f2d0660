/** The major, minor and patch numbers of a semantic version, or `undefined` for any other text. */
export function versionOf(text: string | undefined): readonly [number, number, number] | undefined {
  const parts = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.exec(text ?? "");
  return parts === null ? undefined : [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

/** The major number of a semantic version, or `undefined` for any other text. */
export function majorOf(text: string | undefined): number | undefined {
  return versionOf(text)?.[0];
}

/** Whether one semantic version comes after another; their numbers alone count, and other texts come before all. */
export function isNewer(one: string | undefined, other: string | undefined): boolean {
  const [a = [], b = []] = [versionOf(one), versionOf(other)];
  const different = a.findIndex((part, index) => part !== b[index]);
  return different >= 0 && (a[different] ?? 0) > (b[different] ?? -1);
}
