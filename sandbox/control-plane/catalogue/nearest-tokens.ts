import { distanceOf, nearest } from "../../../environments/nearest.ts";

/** The tokens of which one may have been meant: by the whole token, or by the type's own name in another module. */
export function nearestTokens(token: string, tokens: readonly string[], limit: number): readonly string[] {
  const name = lastPart(token);
  const elsewhere = tokens.filter((it) => distanceOf(name, lastPart(it)) <= 1);
  const byToken = nearest(token, tokens, limit);
  const close = byToken.filter((it) => distanceOf(name, lastPart(it)) <= Math.max(1, name.length * 0.4));
  const best = nearest(token, elsewhere, limit);
  return [...new Set([...best, ...elsewhere, ...close])].slice(0, limit);
}

function lastPart(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1).toLowerCase();
}
