/* eslint-disable @typescript-eslint/no-deprecated -- the 2025 revisions ask back in this way, and the suite wants it */
import type { ServerContext } from "@modelcontextprotocol/server";
import * as z from "zod";
import { defineTool, type Tool } from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { declared } from "./declared.ts";

const CHOICES = ["option1", "option2", "option3"];
const titled = (title: string) => [1, 2, 3].map((n) => ({ const: `value${n}`, title: `${title} ${n}` }));

/**
 * Sends what the server asks on the stream of the call itself. The SDK sends it on the stream of `GET` otherwise, and drops it where the
 * client has not opened that one yet.
 */
const onItsStream = ({ mcpReq }: ServerContext) => ({ relatedRequestId: mcpReq.id });

/** Tools of the 2025 revisions, which ask the client back over an open stream. */
export const pushingTools: readonly Tool<unknown>[] = [
  defineTool({
    ...declared("test_sampling"),
    input: z.object({ prompt: z.string() }),
    run: async ({ prompt }, { protocol }) => {
      const messages = [{ role: "user" as const, content: { type: "text" as const, text: prompt } }];
      const { content } = await protocol.mcpReq.requestSampling({ messages, maxTokens: 100 }, onItsStream(protocol));
      return `LLM response: ${JSON.stringify(content)}`;
    },
  }),
  defineTool({
    ...declared("test_elicitation"),
    input: z.object({ message: z.string() }),
    run: async ({ message }, { protocol }) => {
      const { action, content } = await protocol.mcpReq.elicitInput(
        {
          message,
          requestedSchema: {
            type: "object",
            properties: {
              username: { type: "string", description: "User's response" },
              email: { type: "string", description: "User's email address" },
            },
            required: ["username", "email"],
          },
        },
        onItsStream(protocol),
      );
      return `User response: action=${action}, content=${JSON.stringify(content)}`;
    },
  }),
  defineTool({
    ...declared("test_elicitation_sep1034_defaults"),
    input: z.object({}),
    run: async (_, { protocol }) => {
      const { action, content } = await protocol.mcpReq.elicitInput(
        {
          message: "Take the defaults",
          requestedSchema: {
            type: "object",
            properties: {
              name: { type: "string", default: "John Doe" },
              age: { type: "integer", default: 30 },
              score: { type: "number", default: 95.5 },
              status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
              verified: { type: "boolean", default: true },
            },
          },
        },
        onItsStream(protocol),
      );
      return `Elicitation completed: action=${action}, content=${JSON.stringify(content)}`;
    },
  }),
  defineTool({
    ...declared("test_elicitation_sep1330_enums"),
    input: z.object({}),
    run: async (_, { protocol }) => {
      const { action, content } = await protocol.mcpReq.elicitInput(
        {
          message: "Choose",
          requestedSchema: {
            type: "object",
            properties: {
              untitledSingle: { type: "string", enum: CHOICES },
              titledSingle: { type: "string", oneOf: titled("Option") },
              legacyEnum: {
                type: "string",
                enum: ["opt1", "opt2", "opt3"],
                enumNames: ["Option One", "Option Two", "Option Three"],
              },
              untitledMulti: { type: "array", items: { type: "string", enum: CHOICES } },
              titledMulti: { type: "array", items: { anyOf: titled("Choice") } },
            },
          },
        },
        onItsStream(protocol),
      );
      return `Elicitation completed: action=${action}, content=${JSON.stringify(content)}`;
    },
  }),
];
