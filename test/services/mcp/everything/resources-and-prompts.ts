import { completable, inputRequired } from "@modelcontextprotocol/server";
import * as z from "zod";
import {
  definePrompt,
  defineResource,
  type Prompt,
  type Resource,
} from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { PNG } from "./content.ts";
import { declared } from "./declared.ts";

/** The resources that the suite reads. */
export const resources: readonly Resource<unknown>[] = [
  defineResource({
    ...declared("static-text"),
    uri: "test://static-text",
    mimeType: "text/plain",
    read: ({ href }) =>
      Promise.resolve({
        contents: [{ uri: href, mimeType: "text/plain", text: "This is the content of the static text resource." }],
      }),
  }),
  defineResource({
    ...declared("static-binary"),
    uri: "test://static-binary",
    mimeType: "image/png",
    read: ({ href }) => Promise.resolve({ contents: [{ uri: href, mimeType: "image/png", blob: PNG }] }),
  }),
  defineResource({
    ...declared("watched-resource"),
    uri: "test://watched-resource",
    read: ({ href }) => Promise.resolve({ contents: [{ uri: href, text: "watched" }] }),
  }),
  defineResource({
    ...declared("template"),
    uri: "test://template/{id}/data",
    mimeType: "application/json",
    read: ({ href }, { id }) =>
      Promise.resolve({
        contents: [
          {
            uri: href,
            mimeType: "application/json",
            text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
          },
        ],
      }),
  }),
];

const said = (content: { type: "text"; text: string } | { type: "image"; data: string; mimeType: string }) => ({
  role: "user" as const,
  content,
});

/** The prompts that the suite gets. */
export const prompts: readonly Prompt<unknown>[] = [
  definePrompt({
    ...declared("test_simple_prompt"),
    render: () => Promise.resolve({ messages: [said({ type: "text", text: "This is a simple prompt for testing." })] }),
  }),
  definePrompt({
    ...declared("test_prompt_with_arguments"),
    args: z.object({
      arg1: completable(z.string(), (start) => ["paris", "park", "party"].filter((it) => it.startsWith(start))),
      arg2: z.string(),
    }),
    render: ({ arg1, arg2 }) =>
      Promise.resolve({
        messages: [said({ type: "text", text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` })],
      }),
  }),
  definePrompt({
    ...declared("test_prompt_with_embedded_resource"),
    args: z.object({ resourceUri: z.string() }),
    render: ({ resourceUri: uri }) =>
      Promise.resolve({
        messages: [
          {
            role: "user",
            content: {
              type: "resource",
              resource: { uri, mimeType: "text/plain", text: "Embedded resource content for testing." },
            },
          },
          said({ type: "text", text: "Please process the embedded resource above." }),
        ],
      }),
  }),
  definePrompt({
    ...declared("test_prompt_with_image"),
    render: () =>
      Promise.resolve({
        messages: [
          said({ type: "image", data: PNG, mimeType: "image/png" }),
          said({ type: "text", text: "Please analyze the image above." }),
        ],
      }),
  }),
  definePrompt({
    ...declared("test_input_required_result_prompt"),
    render: (_, { protocol }) => {
      if (protocol.mcpReq.inputResponses?.["user_context"] !== undefined)
        return Promise.resolve({ messages: [said({ type: "text", text: "with context" })] });
      const user_context = inputRequired.elicit({
        message: "What context should the prompt use?",
        requestedSchema: { type: "object", properties: { context: { type: "string" } }, required: ["context"] },
      });
      return Promise.resolve(inputRequired({ inputRequests: { user_context } }));
    },
  }),
];
