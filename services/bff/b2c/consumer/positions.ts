import { ApiProblem } from "../../library/api-problem.ts";

/** Writes a position in the order of changes as a token; what is in it is nobody's business but ours. */
export function writePosition(version: number): string {
  return Buffer.from(`v1:${version}`).toString("base64url");
}

/** Reads such a token, none as the beginning; throws `ApiProblem` 400 for another text. */
export function readPosition(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, version] = /^v1:(\d{1,15})$/.exec(Buffer.from(token, "base64url").toString("latin1")) ?? [];
  if (version === undefined) throw new ApiProblem("bad-request", "after must be a token of an earlier answer");
  return Number(version);
}
