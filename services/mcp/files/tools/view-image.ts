import * as z from "zod";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { imageFormatOf } from "../formats/file-type.ts";
import { LARGEST_FILE_BYTES, LARGEST_SOURCE_BYTES, READS, type FilesCall } from "../files-services.ts";
import { heavyWork } from "../formats/heavy-work.ts";
import { writeImage } from "../formats/image.ts";
import { readFile } from "../store/stored-file.ts";

/** Shows an image to the model. */
export const viewImageTool = defineTool({
  name: "view-image",
  title: "View an image",
  description: "Shows one of the tenant's images (PNG, JPEG, WebP), made smaller where it is large, without metadata.",
  scope: "mcp:read",
  permission: "read:files",
  classification: "confidential",
  awsCalls: READS,
  input: z.object({
    path: z.string(),
    maxEdge: z.int().min(16).max(2_048).default(1_024).describe("Most pixels in width and in height"),
  }),
  run: async ({ path, maxEdge }, call: FilesCall) => {
    const kept = imageFormatOf(path);
    if (kept === undefined)
      throw new Problem("ERR_FILE_TYPE", `"${path}"`, '"path" must end in png, jpg, jpeg or webp', { field: "path" });
    // Every client shows these two.
    const format = kept === "png" ? "png" : "jpeg";
    const { bytes, width, height } = await heavyWork(call, async () =>
      writeImage(await readFile(call, path, LARGEST_SOURCE_BYTES), format, maxEdge),
    );
    if (bytes.length > LARGEST_FILE_BYTES) {
      const reason = `the image has ${bytes.length} bytes at this size, more than ${LARGEST_FILE_BYTES}`;
      throw new Problem("ERR_FILE_TOO_LARGE", reason, `${reason}; ask for a smaller maxEdge`, { field: "maxEdge" });
    }
    return {
      content: [
        { type: "image", data: bytes.toString("base64"), mimeType: `image/${format}` },
        { type: "text", text: `${path}, shown with ${width} × ${height} pixels` },
      ],
    };
  },
});
