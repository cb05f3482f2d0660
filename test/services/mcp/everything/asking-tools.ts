import { CLIENT_CAPABILITIES_META_KEY, createRequestStateCodec, inputRequired } from "@modelcontextprotocol/server";
import * as z from "zod";
import { defineTool, type Call, type Tool } from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { declared } from "./declared.ts";

/** Signs what a tool remembers between two rounds. */
export const stateCodec = createRequestStateCodec<{ step: string }>({
  key: crypto.getRandomValues(new Uint8Array(32)),
});

const input = z.object({});
const ask = (message: string, field: string, type: { type: "string" } | { type: "boolean" } = { type: "string" }) =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: "object", properties: { [field]: type }, required: [field] },
  });
const sample = (question: string, maxTokens: number) =>
  inputRequired.createMessage({
    messages: [{ role: "user", content: { type: "text", text: question } }],
    maxTokens,
  });

const Accepted = z.object({ action: z.literal("accept"), content: z.record(z.string(), z.unknown()) });

function accepted({ protocol }: Call<unknown>, key: string): { readonly [field: string]: unknown } | undefined {
  return Accepted.safeParse(protocol.mcpReq.inputResponses?.[key]).data?.content;
}

const answered = ({ protocol }: Call<unknown>, key: string) => protocol.mcpReq.inputResponses?.[key];

const declaredCapabilities = (envelope: { readonly [key: string]: unknown } | undefined): object =>
  envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? {};

/** Tools of revision 2026-07-28, which return what they need to know. */
export const askingTools: readonly Tool<unknown>[] = [
  defineTool({
    ...declared("test_input_required_result_elicitation"),
    input,
    run: (_, call: Call<unknown>) => {
      const name = accepted(call, "user_name")?.["name"];
      if (typeof name === "string") return Promise.resolve(`Hello, ${name}!`);
      return Promise.resolve(inputRequired({ inputRequests: { user_name: ask("What is your name?", "name") } }));
    },
  }),
  defineTool({
    ...declared("test_input_required_result_sampling"),
    input,
    run: (_, call: Call<unknown>) => {
      const answer = answered(call, "capital_question");
      if (answer !== undefined) return Promise.resolve(JSON.stringify(answer));
      const capital_question = sample("What is the capital of France?", 100);
      return Promise.resolve(inputRequired({ inputRequests: { capital_question } }));
    },
  }),
  defineTool({
    ...declared("test_input_required_result_list_roots"),
    input,
    run: (_, call: Call<unknown>) => {
      const answer = answered(call, "client_roots");
      if (answer !== undefined) return Promise.resolve(JSON.stringify(answer));
      return Promise.resolve(inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } }));
    },
  }),
  ...["test_input_required_result_request_state", "test_input_required_result_tampered_state"].map((name) =>
    defineTool({
      ...declared(name),
      input,
      run: async (_, call: Call<unknown>) => {
        const state = call.protocol.mcpReq.requestState<{ step: string }>();
        if (state?.step === name && accepted(call, "confirm") !== undefined) return "state-ok";
        return inputRequired({
          inputRequests: { confirm: ask("Please confirm", "ok", { type: "boolean" }) },
          requestState: await stateCodec.mint({ step: name }),
        });
      },
    }),
  ),
  defineTool({
    ...declared("test_input_required_result_multiple_inputs"),
    input,
    run: async (_, call: Call<unknown>) => {
      const keys = ["user_name", "greeting", "client_roots"];
      if (keys.every((key) => answered(call, key) !== undefined)) return "all answered";
      return inputRequired({
        inputRequests: {
          user_name: ask("What is your name?", "name"),
          greeting: sample("Generate a greeting", 50),
          client_roots: inputRequired.listRoots(),
        },
        requestState: await stateCodec.mint({ step: "asked" }),
      });
    },
  }),
  defineTool({
    ...declared("test_input_required_result_multi_round"),
    input,
    run: async (_, call: Call<unknown>) => {
      const step = call.protocol.mcpReq.requestState<{ step: string }>()?.step;
      if (step === "2" && accepted(call, "step2") !== undefined) return "both steps answered";
      const isSecond = step === "1" && accepted(call, "step1") !== undefined;
      return inputRequired({
        inputRequests: isSecond
          ? { step2: ask("Step 2: What is your favorite color?", "color") }
          : { step1: ask("Step 1: What is your name?", "name") },
        requestState: await stateCodec.mint({ step: isSecond ? "2" : "1" }),
      });
    },
  }),
  defineTool({
    ...declared("test_input_required_result_capabilities"),
    input,
    run: (_, { protocol }: Call<unknown>) => {
      const can = declaredCapabilities(protocol.mcpReq.envelope);
      return Promise.resolve(
        inputRequired({
          inputRequests: {
            ...("elicitation" in can && { name: ask("What is your name?", "name") }),
            ...("sampling" in can && { greeting: sample("Generate a greeting", 50) }),
          },
        }),
      );
    },
  }),
  defineTool({
    ...declared("test_missing_capability"),
    input,
    run: (_, call: Call<unknown>) => {
      if (answered(call, "answer") !== undefined) return Promise.resolve("sampling is there");
      return Promise.resolve(inputRequired({ inputRequests: { answer: sample("Say yes", 8) } }));
    },
  }),
];
