import { z } from "zod";
import { Problem } from "../../../shared/problem.ts";
import { defineTool } from "../../server/definition.ts";
import { isText, mediaTypeOf } from "../file-type.ts";
import { LARGEST_FILE_BYTES, READS, type FilesCall } from "../files-services.ts";
import { listFiles, readFile } from "../stored-file.ts";

const MOST_FILES = 100;
const EXCERPT = 200;

interface Match {
  readonly path: string;
  readonly line: number;
  readonly excerpt: string;
}

/** Searches text files for a phrase. Not by regular expressions: a caller's expression could run for ever. */
export const searchFilesTool = defineTool({
  name: "search_files",
  title: "Search files",
  description: `Finds a phrase, whatever its case, in the tenant's text files; ${MOST_FILES} files a call, then on from \`next\`.`,
  scope: "mcp:read",
  classification: "confidential",
  awsCalls: ["s3:ListBucket", ...READS],
  input: z.object({
    phrase: z.string().min(2).max(200),
    folder: z.string().optional(),
    after: z.string().optional().describe("The `next` of the call before"),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.object({
    matches: z.array(z.object({ path: z.string(), line: z.int(), excerpt: z.string() })),
    searched: z.int().describe("How many files were looked into"),
    next: z.string().optional(),
  }),
  run: async ({ phrase, folder, after, limit }, call: FilesCall) => {
    const { objects, next } = await listFiles(call, { folder, after, limit: MOST_FILES });
    const matches: Match[] = [];
    let searched = 0;
    for (const { key, size } of objects) {
      call.signal.throwIfAborted();
      const rest = limit - matches.length;
      if (rest === 0) return { matches, searched, next: before(objects, key) ?? after };
      if (size > LARGEST_FILE_BYTES || !isSearched(key)) continue;
      searched++;
      matches.push(...matchesIn(key, (await readFile(call, key)).toString(), phrase).slice(0, rest));
    }
    return { matches, searched, ...(next !== undefined && { next }) };
  },
});

function isSearched(path: string): boolean {
  try {
    return isText(mediaTypeOf(path));
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** The path before `key`, from which a search that is full goes on. */
function before(objects: readonly { readonly key: string }[], key: string): string | undefined {
  return objects[objects.findIndex((it) => it.key === key) - 1]?.key;
}

function matchesIn(path: string, text: string, phrase: string): Match[] {
  const wanted = phrase.toLowerCase();
  return text.split(/\r?\n/).flatMap((line, index) => {
    const at = line.toLowerCase().indexOf(wanted);
    if (at === -1) return [];
    const from = Math.max(0, at - EXCERPT / 4);
    return [{ path, line: index + 1, excerpt: line.slice(from, from + EXCERPT) }];
  });
}
