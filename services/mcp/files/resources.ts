import { Problem } from "../../libraries/service-kit/problem.ts";
import { defineResource } from "../../libraries/mcp-host/definition/definition.ts";
import { fileTypeOf } from "./formats/file-type.ts";
import { READS, type FilesCall } from "./files-services.ts";
import { listFiles, readFile, readText } from "./store/stored-file.ts";

const SCHEME = "tenant-files:///";

/** Every file of the tenant, as a resource. */
export const fileResource = defineResource({
  name: "file",
  title: "File",
  description: "A file of the tenant, by its path.",
  uri: `${SCHEME}{+path}`,
  scope: "mcp:read",
  permission: "read:files",
  classification: "confidential",
  awsCalls: READS,
  list: async (call: FilesCall) => {
    const { objects } = await listFiles(call, { limit: 100 });
    return objects.map(({ key }) => ({ uri: uriOf(key), name: key }));
  },
  read: async (uri, _variables, call) => {
    const path = pathIn(uri);
    const { mediaType: mimeType, isText } = fileTypeOf(path);
    const content = isText
      ? { text: await readText(call, path) }
      : { blob: (await readFile(call, path)).toString("base64") };
    return { contents: [{ uri: uri.href, mimeType, ...content }] };
  },
});

function uriOf(path: string): string {
  return SCHEME + path.split("/").map(encodeURIComponent).join("/");
}

function pathIn({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch (cause) {
    throw new Problem("ERR_PATH_INVALID", "broken percent encoding", "the address is not valid", {
      field: "uri",
      cause,
    });
  }
}
