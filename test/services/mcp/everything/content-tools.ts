import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { Problem } from "../../../../services/libraries/service-kit/problem.ts";
import { defineTool, type Tool } from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { PNG, text, WAV } from "./content.ts";
import { declared } from "./declared.ts";

const input = z.object({});
const image = { type: "image" as const, data: PNG, mimeType: "image/png" };

/** Tools that answer at once, each with another kind of content. */
export const contentTools: readonly Tool<unknown>[] = [
  ...["test_simple_text", "test_streaming_elicitation"].map((name) =>
    defineTool({
      ...declared(name),
      input,
      run: () => Promise.resolve("This is a simple text response for testing."),
    }),
  ),
  defineTool({
    ...declared("test_headers"),
    input: z.object({ region: z.string().meta({ "x-mcp-header": "Region" }) }),
    run: ({ region }) => Promise.resolve(region),
  }),
  defineTool({ ...declared("test_image_content"), input, run: () => Promise.resolve({ content: [image] }) }),
  defineTool({
    ...declared("test_audio_content"),
    input,
    run: () => Promise.resolve({ content: [{ type: "audio" as const, data: WAV, mimeType: "audio/wav" }] }),
  }),
  defineTool({
    ...declared("test_embedded_resource"),
    input,
    run: () =>
      Promise.resolve({
        content: [
          {
            type: "resource" as const,
            resource: {
              uri: "test://embedded-resource",
              mimeType: "text/plain",
              text: "This is an embedded resource content.",
            },
          },
        ],
      }),
  }),
  defineTool({
    ...declared("test_multiple_content_types"),
    input,
    run: () =>
      Promise.resolve({
        content: [
          { type: "text" as const, text: "Multiple content types test:" },
          image,
          {
            type: "resource" as const,
            resource: {
              uri: "test://mixed-content-resource",
              mimeType: "application/json",
              text: JSON.stringify({ test: "data", value: 123 }),
            },
          },
        ],
      }),
  }),
  defineTool({
    ...declared("test_error_handling"),
    input,
    run: () =>
      Promise.reject(new Problem("ERR_TEST", "thrown", "This tool intentionally returns an error for testing")),
  }),
  defineTool({
    ...declared("test_tool_with_progress"),
    input,
    run: async (_, { protocol }) => {
      const progressToken = protocol.mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined)
          await protocol.mcpReq.notify({
            method: "notifications/progress",
            params: { progressToken, progress, total: 100 },
          });
        await sleep(50);
      }
      return "done";
    },
  }),
  ...["test_tool_with_logging", "test_logging_tool"].map((name) =>
    defineTool({
      ...declared(name),
      input,
      run: async (_, { protocol }) => {
        for (const line of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- the suite wants the 2025 way of logging
          await protocol.mcpReq.log("info", line);
          await sleep(50);
        }
        return text("logged");
      },
    }),
  ),
];
