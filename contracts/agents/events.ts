import * as z from "zod";

/** The extension of A2A by which a task's status updates tell of tools; it is the key of the metadata that holds a `ToolEvent`. */
export const TOOL_EVENTS = "https://alicerce.dev/a2a/tool-events/v1";

/** The id of the artifact that holds the answer of one of our agents: text that is appended to as the model writes it. */
export const ANSWER_ARTIFACT = "answer";

/** Why an agent was allowed to use a tool: every one of these held. */
export const allowanceSchema = z.strictObject({
  /** Who offers the tool: a gateway's scenario, or an agent. */
  at: z.enum(["b2c", "b2b", "internal", "agent"]),
  /** The scope that it takes, which the person and the agent both hold. */
  scope: z.string().max(64),
  /** The agent among whose tools it is. */
  agent: z.string().max(64),
});

/** What held when a tool was allowed. */
export type Allowance = z.infer<typeof allowanceSchema>;

/** Schema of what became of a tool: never its arguments or its result. */
export const toolEventSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("tool-started"),
    callId: z.string().max(128),
    tool: z.string().max(128),
    allowedBy: allowanceSchema,
  }),
  z.strictObject({
    type: z.literal("tool-finished"),
    callId: z.string().max(128),
    tool: z.string().max(128),
    outcome: z.enum(["done", "failed", "refused"]),
    /** The code of a failure or a refusal. */
    code: z.string().max(64).optional(),
    durationMs: z.number().nonnegative(),
  }),
]);

/** A tool that begins, or that is done. */
export type ToolEvent = z.infer<typeof toolEventSchema>;

/** The key of the metadata of a status message that says why a task ended otherwise than completed: a `{ code }`. */
export const AGENT_PROBLEM = "https://alicerce.dev/a2a/problem/v1";

/** Schema of what stands at `AGENT_PROBLEM`. */
export const agentProblemSchema = z.object({ code: z.string().max(64) });
