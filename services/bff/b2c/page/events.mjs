import { call, ServerProblem } from "./server.mjs";

const MOST_TRIES = 5;
const FIRST_WAIT_MS = 500;

/** Says something, and yields the events of the answer; when the connection breaks off, it goes on after the last event that arrived. */
export async function* answerTo({ threadId, runId, text }) {
  const messages = [{ id: `${runId}-question`, role: "user", content: text }];
  const begin = { method: "POST", body: { threadId, runId, messages, tools: [], context: [], state: {} } };
  let last = 0;
  let tries = 0;
  let response = await call("/v1/chat", begin);
  for (;;) {
    try {
      for await (const { id, event } of eventsIn(response.body)) {
        last = id;
        tries = 0;
        yield event;
        if (event.type === "RUN_FINISHED" || event.type === "RUN_ERROR") return;
      }
    } catch (error) {
      if (tries >= MOST_TRIES) throw error;
    }
    if (tries++ >= MOST_TRIES) throw new Error("the connection broke off");
    await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** tries));
    response = await again(runId, last, response);
  }
}

async function again(runId, last, before) {
  try {
    return await call(`/v1/chat/runs/${runId}`, { headers: { "last-event-id": String(last) } });
  } catch (error) {
    if (error instanceof ServerProblem) throw error;
    return before.bodyUsed ? { body: new Response("").body } : before;
  }
}

/** Asks the server to give up a run. */
export function stopRun(runId) {
  return call(`/v1/chat/runs/${runId}`, { method: "DELETE" });
}

async function* eventsIn(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const found = /^id: (\d+)\ndata: (.*)$/.exec(block);
      if (found !== null) yield { id: Number(found[1]), event: JSON.parse(found[2]) };
    }
  }
}
