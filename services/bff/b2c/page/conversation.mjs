/** Adds what the consumer says, and an answer that is yet to come. */
export function asked(messages, runId, text) {
  return [
    ...messages,
    { id: `${runId}-question`, role: "user", text },
    { id: runId, role: "assistant", text: "", tools: [], state: "working" },
  ];
}

/** Changes the answer of a run by one event of AG-UI. */
export function heard(messages, runId, event) {
  return messages.map((it) => (it.id === runId ? changed(it, event) : it));
}

function changed(message, event) {
  switch (event.type) {
    case "TEXT_MESSAGE_CONTENT":
      return { ...message, text: message.text + event.delta };
    case "TOOL_CALL_START":
      return { ...message, tools: [...message.tools, { id: event.toolCallId, name: event.toolCallName }] };
    case "CUSTOM":
      return custom(message, event);
    case "TOOL_CALL_RESULT":
      return withTool(message, event.toolCallId, JSON.parse(event.content));
    case "RUN_ERROR":
      return { ...message, state: "failed", reason: event.message };
    case "RUN_FINISHED":
      return { ...message, state: ended(message, event) };
    default:
      return message;
  }
}

function ended({ state }, { outcome }) {
  if (outcome?.type === "cancelled") return "cancelled";
  return state === "waits" ? state : "done";
}

function custom(message, { name, value }) {
  if (name === "alicerce.tool-allowed") return withTool(message, value.toolCallId, { allowed: value });
  return name === "alicerce.agent-waits" ? { ...message, state: "waits" } : message;
}

function withTool(message, id, more) {
  return { ...message, tools: message.tools.map((it) => (it.id === id ? { ...it, ...more } : it)) };
}
