import * as z from "zod";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { knownTypeOf } from "../formats/file-type.ts";
import { LARGEST_FILE_BYTES, READS, type FilesCall } from "../files-services.ts";
import type { StoredObject } from "../store/object-store.ts";
import { listFiles, readText } from "../store/stored-file.ts";

const MOST_FILES = 100;
const READ_AT_ONCE = 10;
const EXCERPT = 200;

interface Match {
  readonly path: string;
  readonly line: number;
  readonly excerpt: string;
}

/** Searches text files for a phrase. Not by regular expressions: a caller's expression could run for ever. */
export const searchFilesTool = defineTool({
  name: "search-files",
  title: "Search files",
  description: `Finds a phrase, whatever its case, in the tenant's text files; ${MOST_FILES} files a call, then on from \`next\`.`,
  scope: "mcp:read",
  permission: "read:files",
  classification: "confidential",
  awsCalls: READS,
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
    for await (const { path, text } of textsOf(call, objects)) {
      const rest = limit - matches.length;
      if (rest === 0) return { matches, searched, next: before(objects, path) ?? after };
      searched++;
      matches.push(...matchesIn(path, text, phrase).slice(0, rest));
    }
    return { matches, searched, ...(next !== undefined && { next }) };
  },
});

/** The texts among some files, a few read at once; what cannot be read as text is passed over. */
async function* textsOf(
  call: FilesCall,
  objects: readonly StoredObject[],
): AsyncIterable<{ readonly path: string; readonly text: string }> {
  const paths = objects.filter(isSearched).map(({ key }) => key);
  for (let at = 0; at < paths.length; at += READ_AT_ONCE) {
    const batch = paths.slice(at, at + READ_AT_ONCE);
    const texts = await Promise.all(batch.map((path) => readText(call, path).catch(passedOver)));
    for (const [index, path] of batch.entries()) {
      const text = texts[index];
      if (text !== undefined) yield { path, text };
    }
  }
}

const isSearched = ({ key, size }: StoredObject): boolean =>
  size <= LARGEST_FILE_BYTES && knownTypeOf(key)?.isText === true;

function passedOver(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
}

/** The path before `path`, from which a search that is full goes on. */
function before(objects: readonly StoredObject[], path: string): string | undefined {
  return objects[objects.findIndex((it) => it.key === path) - 1]?.key;
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
