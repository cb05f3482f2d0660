import { withoutMarks } from "../guard-rails.ts";
import {
  Model,
  type BaseModelConfig,
  type Message,
  type ModelStreamEvent,
  type StreamOptions,
} from "@strands-agents/sdk";

/** What a tool answered in this turn, as the model sees it. */
export interface SeenResult {
  readonly tool: string;
  /** With the marks that tell a model that it is data. */
  readonly text: string;
  /** Without them. */
  readonly words: string;
  /** The words read as JSON; nothing where they are none. */
  readonly data?: unknown;
  readonly isError: boolean;
}

/** What a script chooses from. */
export interface Scene {
  /** The last message of the caller. */
  readonly text: string;
  /** The results of this turn, in order. */
  readonly results: readonly SeenResult[];
  /** The tools that are offered. */
  readonly tools: readonly string[];
}

/** What the model does next: it calls tools, or answers. `input` as text is sent as it is, whether it is JSON or not. */
export type Act =
  | { readonly calls: readonly { readonly tool: string; readonly input: object | string }[] }
  | { readonly answer: string };

/** A function that matches what was said: the same scene gives the same act. */
export type Script = (scene: Scene) => Act;

/** Constant numbers, so that budgets can be counted on. */
const USAGE = { inputTokens: 100, outputTokens: 20, totalTokens: 120 };

/**
 * The scripted model: no model at all, but code that matches the last message and names tools. It stands in for Amazon Bedrock on
 * laptops and in tests, and everything around it is what runs in the cloud.
 */
export class ScriptedModel extends Model {
  private readonly script: Script;
  private config: BaseModelConfig = { modelId: "scripted" };
  private calls = 0;

  constructor(script: Script) {
    super();
    this.script = script;
  }

  override updateConfig(config: BaseModelConfig): void {
    this.config = { ...this.config, ...config };
  }

  override getConfig(): BaseModelConfig {
    return this.config;
  }

  override async *stream(messages: Message[], options: StreamOptions = {}): AsyncGenerator<ModelStreamEvent> {
    options.cancelSignal?.throwIfAborted();
    const tools = (options.toolSpecs ?? []).map((it) => it.name);
    const act = this.script({ ...sceneOf(messages), tools });
    yield { type: "modelMessageStartEvent", role: "assistant" };
    if ("answer" in act) yield* answered(act.answer);
    else for (const call of act.calls) yield* called(call, `call-${++this.calls}`);
    yield { type: "modelMessageStopEvent", stopReason: "answer" in act ? "endTurn" : "toolUse" };
    yield { type: "modelMetadataEvent", usage: USAGE, metrics: { latencyMs: 0 } };
    await Promise.resolve();
  }
}

function* answered(text: string): Generator<ModelStreamEvent> {
  yield { type: "modelContentBlockStartEvent" };
  for (const piece of text.match(/\S+\s*|\s+/g) ?? [])
    yield { type: "modelContentBlockDeltaEvent", delta: { type: "textDelta", text: piece } };
  yield { type: "modelContentBlockStopEvent" };
}

function* called(
  { tool, input }: { readonly tool: string; readonly input: object | string },
  toolUseId: string,
): Generator<ModelStreamEvent> {
  yield { type: "modelContentBlockStartEvent", start: { type: "toolUseStart", name: tool, toolUseId } };
  const text = typeof input === "string" ? input : JSON.stringify(input);
  yield { type: "modelContentBlockDeltaEvent", delta: { type: "toolUseInputDelta", input: text } };
  yield { type: "modelContentBlockStopEvent" };
}

/** The last message of the caller, and the tools' results since then. */
function sceneOf(messages: readonly Message[]): Omit<Scene, "tools"> {
  const names = new Map<string, string>();
  let text = "";
  let results: SeenResult[] = [];
  for (const { role, content } of messages) {
    for (const block of content) {
      if (block.type === "toolUseBlock") names.set(block.toolUseId, block.name);
      else if (block.type === "toolResultBlock") results.push(seenResult(names.get(block.toolUseId) ?? "", block));
      else if (block.type === "textBlock" && role === "user") [text, results] = [block.text, []];
    }
  }
  return { text, results };
}

function seenResult(
  tool: string,
  { content, status }: { readonly content: readonly { readonly type: string }[]; readonly status: string },
): SeenResult {
  const text = wordsOf(content);
  const words = withoutMarks(text);
  return { tool, text, words, data: jsonIn(words), isError: status === "error" };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function wordsOf(content: readonly { readonly type: string }[]): string {
  return content.map((it) => ("text" in it ? String(it.text) : "json" in it ? JSON.stringify(it.json) : "")).join("\n");
}
