import { type AGUIEvent, EventType } from "@ag-ui/core";
import type { ToolEvent } from "../../../../contracts/agents/events.ts";
import type { AgentAnswer, AgentEvent } from "../../../libraries/agent-client/agent-event.ts";

/** The name of the custom event that says why a tool was allowed; its value has `toolCallId` and the `Allowance`. */
export const TOOL_ALLOWED = "alicerce.tool-allowed";

/** The name of the custom event that says that the agent waits: for an answer, or for another sign-in. */
export const AGENT_WAITS = "alicerce.agent-waits";

/** Says in AG-UI 1.0 what happens during one call of an agent. */
export class AgUiEvents {
  private readonly threadId: string;
  private readonly runId: string;
  private readonly messageId: string;
  private hasText = false;
  private isWriting = false;
  private readonly open = new Set<string>();

  constructor(threadId: string, runId: string) {
    this.threadId = threadId;
    this.runId = runId;
    this.messageId = `${runId}-answer`;
  }

  started(): readonly AGUIEvent[] {
    return [{ type: EventType.RUN_STARTED, threadId: this.threadId, runId: this.runId }];
  }

  of(event: AgentEvent): readonly AGUIEvent[] {
    switch (event.type) {
      case "status":
        return [];
      case "text":
        return this.written(event.text);
      case "tool-started":
      case "tool-finished":
        return [...this.paused(), ...this.ofTool(event)];
      case "final":
        return this.finished(event.answer);
    }
  }

  /** The end of a call that came to nothing. */
  failed(message: string, code: string): readonly AGUIEvent[] {
    return [...this.paused(), ...this.cut(), { type: EventType.RUN_ERROR, message, code }];
  }

  /** The end of a call that was given up. */
  cancelled(): readonly AGUIEvent[] {
    return [...this.paused(), ...this.cut(), this.runFinished({ outcome: { type: "cancelled" } })];
  }

  private written(delta: string): readonly AGUIEvent[] {
    if (delta === "") return [];
    const { messageId, isWriting } = this;
    this.isWriting = true;
    this.hasText = true;
    return [
      ...(isWriting ? [] : [{ type: EventType.TEXT_MESSAGE_START, messageId, role: "assistant" } as const]),
      { type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta },
    ];
  }

  /** Ends the message, as far as it is written. */
  private paused(): readonly AGUIEvent[] {
    if (!this.isWriting) return [];
    this.isWriting = false;
    return [{ type: EventType.TEXT_MESSAGE_END, messageId: this.messageId }];
  }

  private ofTool(event: ToolEvent): readonly AGUIEvent[] {
    const toolCallId = event.callId;
    if (event.type === "tool-started") {
      this.open.add(toolCallId);
      return [
        { type: EventType.TOOL_CALL_START, toolCallId, toolCallName: event.tool },
        { type: EventType.CUSTOM, name: TOOL_ALLOWED, value: { toolCallId, ...event.allowedBy } },
      ];
    }
    const { outcome, code, durationMs, tool } = event;
    const content = JSON.stringify({ outcome, durationMs, ...(code !== undefined && { code }) });
    const begun: readonly AGUIEvent[] = this.open.delete(toolCallId)
      ? []
      : [{ type: EventType.TOOL_CALL_START, toolCallId, toolCallName: tool }];
    const messageId = `${this.runId}-${toolCallId}`;
    return [
      ...begun,
      { type: EventType.TOOL_CALL_END, toolCallId },
      { type: EventType.TOOL_CALL_RESULT, messageId, toolCallId, content, role: "tool" },
    ];
  }

  /** Ends the tools of which nothing more is heard. */
  private cut(): readonly AGUIEvent[] {
    const ended = [...this.open].map((toolCallId) => ({ type: EventType.TOOL_CALL_END, toolCallId }) as const);
    this.open.clear();
    return ended;
  }

  private finished(answer: AgentAnswer): readonly AGUIEvent[] {
    const { state, text, code = "ERR_AGENT_ANSWER" } = answer;
    if (state === "canceled") return this.cancelled();
    if (state === "failed" || state === "rejected")
      return this.failed(text === "" ? "the agent could not answer" : text, code);
    const missing = this.hasText ? [] : this.written(text);
    const waits: readonly AGUIEvent[] =
      state === "completed" ? [] : [{ type: EventType.CUSTOM, name: AGENT_WAITS, value: { for: state } }];
    const result = answer.data.length > 0 ? { result: { data: answer.data } } : {};
    return [...missing, ...this.paused(), ...this.cut(), ...waits, this.runFinished(result)];
  }

  private runFinished(more: object): AGUIEvent {
    return { type: EventType.RUN_FINISHED, threadId: this.threadId, runId: this.runId, ...more };
  }
}
