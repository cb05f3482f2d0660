/** The major number of a semantic version, as text. */
export function majorOf(version: string): string {
  return version.split(".", 1)[0] ?? version;
}
