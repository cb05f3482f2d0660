/** The own name of a type: `Stream` of `aws:kinesis/stream:Stream`. */
export function ownName(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

/** The module of a type: `kinesis` of `aws:kinesis/stream:Stream`. */
export function moduleOf(token: string): string {
  return token.split(":")[1]?.split("/")[0] ?? "";
}

/** A name in lower case with hyphens: `file-system` of `FileSystem`. */
export function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
}

/** A name that begins in lower case. */
export function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
