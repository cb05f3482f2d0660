import pg from "pg";

/** A name as it may stand in a statement, whatever is in it. */
export function identifier(name: string): string {
  return pg.escapeIdentifier(name);
}
