import { Agent, type AgentStreamEvent, type MessageData, type Model, type ModelStreamEvent } from "@strands-agents/sdk";
import type { AgentName } from "../../../contracts/agents/names.ts";
import { ownerOf } from "../agent-host/identities.ts";
import type { AgentWork, Turn, TurnEvent } from "../agent-host/turn.ts";
import { Problem } from "../service-kit/problem.ts";
import { Budget, BUDGET, type BudgetLimits } from "./budget.ts";
import { redacted, requireInput, STANDING_RULES, TEXT_LIMITS, type TextLimits } from "./guard-rails.ts";
import type { ConversationKey, Memory, Said } from "./memory.ts";
import { type CallOutcome, strandsTool } from "./strands-tools.ts";
import type { AgentTool, ToolSource } from "./tools/agent-tool.ts";

/** An agent that a model leads. */
export interface ModelledAgent {
  readonly name: AgentName;
  readonly prompt: string;
  /** Makes a model for one turn. */
  readonly model: () => Model;
  readonly tools: ToolSource;
  readonly memory: Memory;
  readonly budget?: Partial<BudgetLimits>;
  readonly text?: Partial<TextLimits>;
  readonly log: (fields: object) => void;
}

/** The work of an agent that a model leads: tools that the person may use and no others, budgets, guard rails, and its conversations. */
export function modelledWork(agent: ModelledAgent): AgentWork {
  return (turn) => new ModelledTurn(agent, turn).events();
}

/** A piece of what the model writes. */
type Delta = Extract<ModelStreamEvent, { readonly type: "modelContentBlockDeltaEvent" }>["delta"];

/** One turn of the model's loop. */
class ModelledTurn {
  private readonly agent: ModelledAgent;
  private readonly turn: Turn;
  private readonly budget: Budget;
  private readonly text: TextLimits;
  private readonly outcomes = new Map<string, CallOutcome>();
  private tools: ReadonlyMap<string, AgentTool> = new Map();
  private answer = "";
  /** The arguments that the model is writing, as JSON. */
  private toolInput: string | undefined;

  constructor(agent: ModelledAgent, turn: Turn) {
    this.agent = agent;
    this.turn = turn;
    this.budget = new Budget({ ...BUDGET, ...agent.budget });
    this.text = { ...TEXT_LIMITS, ...agent.text };
  }

  async *events(): AsyncGenerator<TurnEvent, void, undefined> {
    const { turn, agent } = this;
    requireInput(turn.text, turn.data, this.text);
    const offered = await agent.tools(turn);
    this.tools = new Map(offered.filter((it) => turn.caller.scopes.includes(it.scope)).map((it) => [it.name, it]));
    const said = await agent.memory.recall(this.key);
    const ending = new AbortController();
    const cancelSignal = AbortSignal.any([turn.signal, ending.signal]);
    const stream = this.loop(said).stream(inputOf(turn), { cancelSignal });
    try {
      for (;;) {
        const next = await stream.next();
        if (next.done === true) break;
        yield* this.told(next.value);
      }
    } catch (error) {
      throw this.problemOf(error);
    } finally {
      ending.abort();
      void stream.return(undefined as never).catch(() => undefined);
    }
    turn.signal.throwIfAborted();
    await agent.memory.add(this.key, [
      { role: "user", text: redacted(turn.text) },
      { role: "assistant", text: this.answer },
    ]);
  }

  private loop(said: readonly Said[]): Agent {
    const { turn, agent, text, outcomes } = this;
    return new Agent({
      model: agent.model(),
      name: agent.name,
      systemPrompt: `${agent.prompt}\n\n${STANDING_RULES}`,
      messages: said.map(({ role, text: words }): MessageData => ({ role, content: [{ text: words }] })),
      tools: [...this.tools.values()].map((it) => strandsTool(it, { turn, text, outcomes, log: agent.log })),
      printer: false,
      retryStrategy: null,
      sandbox: false,
      // In the order in which the model wrote them, so that a budget ends before the next one begins.
      toolExecutor: "sequential",
    });
  }

  private *told(event: AgentStreamEvent): Generator<TurnEvent> {
    switch (event.type) {
      case "beforeModelCallEvent":
        this.budget.step();
        return;
      case "modelStreamUpdateEvent":
        yield* this.toldByModel(event.event);
        return;
      case "beforeToolCallEvent":
        yield* this.started(event.toolUse);
        return;
      case "afterToolCallEvent":
        yield* this.finished(event.toolUse, event.result.status === "success");
    }
  }

  private *toldByModel(event: ModelStreamEvent): Generator<TurnEvent> {
    switch (event.type) {
      case "modelMetadataEvent":
        this.budget.use(event.usage?.totalTokens ?? 0);
        return;
      case "modelContentBlockStartEvent":
        this.toolInput = event.start === undefined ? undefined : "";
        return;
      case "modelContentBlockStopEvent":
        requireJson(this.toolInput);
        return;
      case "modelContentBlockDeltaEvent":
        yield* this.delta(event.delta);
    }
  }

  private *delta(delta: Delta): Generator<TurnEvent> {
    if (delta.type === "toolUseInputDelta") this.toolInput = `${this.toolInput ?? ""}${delta.input}`;
    if (delta.type === "textDelta") yield this.piece(delta.text);
  }

  private piece(words: string): TurnEvent {
    const text = redacted(words);
    this.answer += text;
    if (this.answer.length <= this.text.outputCharacters) return { type: "text", text };
    throw new Problem("ERR_OUTPUT_TOO_LARGE", "the answer is too long", "the answer would be too long; ask for less");
  }

  private *started({ name, toolUseId }: Used): Generator<TurnEvent> {
    this.budget.toolCall();
    const tool = this.tools.get(name);
    this.outcomes.set(toolUseId, { startedAt: Date.now(), ...(tool === undefined && { code: "ERR_TOOL_UNKNOWN" }) });
    if (tool === undefined) return;
    const { at, scope } = tool;
    yield { type: "tool-started", callId: toolUseId, tool: name, allowedBy: { at, scope, agent: this.agent.name } };
  }

  private *finished({ name, toolUseId }: Used, isDone: boolean): Generator<TurnEvent> {
    const { startedAt = Date.now(), code } = this.outcomes.get(toolUseId) ?? {};
    const outcome = this.tools.has(name) ? (isDone ? "done" : "failed") : "refused";
    const durationMs = Math.max(0, Date.now() - startedAt);
    const tool = name.slice(0, 128);
    yield { type: "tool-finished", callId: toolUseId, tool, outcome, durationMs, ...(code !== undefined && { code }) };
  }

  private get key(): ConversationKey {
    const { caller, contextId } = this.turn;
    return { tenantId: caller.tenantId, owner: ownerOf(caller), agent: this.agent.name, contextId };
  }

  private problemOf(error: unknown): unknown {
    const problem: Problem | undefined = error instanceof Problem ? error : undefined;
    if (problem !== undefined || this.turn.signal.aborted) return error;
    return new Problem("ERR_MODEL", "the model failed", "the agent's model failed; try again", { cause: error });
  }
}

interface Used {
  readonly name: string;
  readonly toolUseId: string;
}

/** The loop drops a call whose arguments are no JSON, and asks the model again without an end. */
function requireJson(text: string | undefined): void {
  if (text === undefined || text === "") return;
  try {
    JSON.parse(text);
  } catch (cause) {
    const reason = "the arguments of a tool are no JSON";
    throw new Problem("ERR_MODEL", reason, "the agent's model failed; try again", { cause });
  }
}

/** What the person said, with JSON as text. */
function inputOf({ text, data }: Turn): string {
  return redacted([text, ...data.map((it) => JSON.stringify(it))].filter((it) => it !== "").join("\n"));
}
