const VARIABLE = /\$\{[^}]*\}/g;

/** Whether a text of a policy holds a policy variable, such as `${aws:PrincipalTag/tenant}`, whose value no plan knows. */
export function hasVariable(text: string): boolean {
  return text.includes("${");
}

/** Whether a text is a pattern: it holds a wildcard or a policy variable. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text) || hasVariable(text);
}

/**
 * Whether every text that the pattern `narrow` matches is matched by the pattern `wide`. `*` stands for any number of characters, `?`
 * for one; a policy variable in `narrow` may be anything, and one in `wide` covers nothing. May say no where it is so, never yes
 * where it is not.
 */
export function covers(wide: string, narrow: string): boolean {
  if (wide === "*" || wide === narrow) return wide === "*" || !hasVariable(wide);
  if (hasVariable(wide)) return false;
  if (!mayBeginAlike(wide, narrow)) return false;
  return walk(
    wide,
    withoutVariables(narrow),
    (pattern, symbol) => pattern === symbol || (pattern === "?" && symbol !== "*"),
  );
}

/** Whether some text is matched by both patterns, with the wildcards of `covers`; a policy variable may be anything. */
export function overlap(one: string, other: string): boolean {
  if (one === other || one === "*" || other === "*") return true;
  if (!mayBeginAlike(one, other)) return false;
  const [a, b] = [withoutVariables(one), withoutVariables(other)];
  let reached = reachable(b, 0, new Set());
  for (const symbol of a) {
    const next = new Set<number>();
    for (const at of reached) step(symbol, { b, at, next });
    reached = next;
  }
  return reached.has(b.length);
}

/** Whether the ARN pattern `wide` covers `narrow` as ArnLike and ArnEquals compare: each of the six parts by itself. */
export function coversArn(wide: string, narrow: string): boolean {
  const [a, b] = [partsOf(wide), partsOf(narrow)];
  return a.length === 6 && b.length === 6 && a.every((part, i) => covers(part, b[i] ?? ""));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Matches `wide` against symbols, where `*` takes any number of them and everything else one that `fits`. */
function walk(wide: string, symbols: string, fits: (pattern: string, symbol: string) => boolean): boolean {
  let [w, s, star, resume] = [0, 0, -1, 0];
  while (s < symbols.length) {
    if (wide[w] === "*") {
      [star, resume] = [w, s];
      w += 1;
    } else if (w < wide.length && fits(wide[w] ?? "", symbols[s] ?? "")) {
      w += 1;
      s += 1;
    } else if (star >= 0) {
      resume += 1;
      [w, s] = [star + 1, resume];
    } else return false;
  }
  return /^\**$/.test(wide.slice(w));
}

function withoutVariables(text: string): string {
  return hasVariable(text) ? text.replaceAll(VARIABLE, "*") : text;
}

/** Whether two patterns are the same up to the first wildcard or the end of one; most pairs are told apart here. */
function mayBeginAlike(one: string, other: string): boolean {
  const end = Math.min(one.length, other.length);
  for (let i = 0; i < end; i += 1) {
    const [a, b] = [one.charCodeAt(i), other.charCodeAt(i)];
    if (a !== b) return isWild(a) || isWild(b);
    if (isWild(a)) return true;
  }
  return true;
}

/** Whether a character may stand for others: `*`, `?`, or the `$` with which a variable begins. */
function isWild(code: number): boolean {
  return code === 42 || code === 63 || code === 36;
}

/** Takes one symbol of the other pattern from a position in `b`; a `*` on either side takes what it likes of the other. */
function step(symbol: string, { b, at, next }: { b: string; at: number; next: Set<number> }): void {
  const there = b[at];
  if (symbol === "*") for (let i = at; i <= b.length; i += 1) next.add(i);
  else if (there === "*") reachable(b, at, next);
  else if (there !== undefined && (there === symbol || there === "?" || symbol === "?")) reachable(b, at + 1, next);
}

/** Adds a position and those behind it that `*` in `b` lets reach with no character. */
function reachable(b: string, at: number, into: Set<number>): Set<number> {
  into.add(at);
  for (let i = at; b[i] === "*"; i += 1) into.add(i + 1);
  return into;
}
