import { Problem } from "../../libraries/service-kit/problem.ts";

/** What is said of a file of which there is more than is read at once. */
export function tooLarge(size: number, limit: number): Problem {
  const reason = `the file has ${size} bytes, more than the ${limit} that are read at once`;
  return new Problem("ERR_FILE_TOO_LARGE", reason, `${reason}; share-file gives it out by a link`);
}

/** What is said of a path at which nothing is. */
export function notFound(path: string): Problem {
  return new Problem("ERR_FILE_NOT_FOUND", "no such key", `there is no file "${path}"`, { field: "path" });
}
