import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asked, heard } from "./conversation.mjs";
import { answerTo, stopRun } from "./events.mjs";

/** The conversation, and where the consumer writes. */
export function Chat({ say, isScripted }) {
  const [messages, setMessages] = useState([]);
  const [run, setRun] = useState(undefined);
  const [text, setText] = useState("");
  const thread = useRef(crypto.randomUUID());
  const end = useRef(null);
  useEffect(() => end.current?.scrollIntoView({ block: "end" }), [messages]);

  const send = async (event) => {
    event.preventDefault();
    const question = text.trim();
    if (question === "" || run !== undefined) return;
    const runId = crypto.randomUUID();
    setRun(runId);
    setText("");
    setMessages((it) => asked(it, runId, question));
    try {
      const answer = answerTo({ threadId: thread.current, runId, text: question });
      for await (const it of answer) setMessages((before) => heard(before, runId, it));
    } catch (error) {
      setMessages((it) => heard(it, runId, { type: "RUN_ERROR", message: error.message }));
    }
    setRun(undefined);
  };
  const onKeyDown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) void send(event);
  };

  return html`<main class="chat">
    <div class="above">
      ${isScripted && html`<p class="hint">${say("scripted")}</p>`}
      <div class="log" role="log" aria-live="polite" tabindex="0" aria-label=${say("assistant")}>
        ${messages.length === 0 && html`<p class="hint">${say("empty")}</p>`}
        ${messages.map((it) => html`<${Message} key=${it.id} say=${say} message=${it} />`)}
      </div>
      <div ref=${end}></div>
    </div>
    <form class="composer" onSubmit=${send}>
      <label for="message">${say("message")}</label>
      <textarea
        id="message"
        rows="2"
        maxlength="8000"
        value=${text}
        onInput=${(it) => setText(it.target.value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      ${
        run === undefined
          ? html`<button class="primary" type="submit">${say("send")}</button>`
          : html`<button type="button" onClick=${() => void stopRun(run)}>${say("stop")}</button>`
      }
    </form>
  </main>`;
}

function Message({ message, say }) {
  const { role, text, tools = [], state, reason } = message;
  return html`<article class=${`message ${role}`}>
    <div class="who">${say(role === "user" ? "you" : "assistant")}</div>
    ${
      tools.length > 0 &&
      html`<div class="tools">
        <strong>${say("tools")}</strong>
        <ul>
          ${tools.map((it) => html`<${Tool} key=${it.id} tool=${it} say=${say} />`)}
        </ul>
      </div>`
    }
    ${text !== "" && html`<p>${text}</p>`}
    ${state === "working" && text === "" && html`<p class="hint">${say("working")}</p>`}
    ${state === "cancelled" && html`<p class="hint">${say("cancelled")}</p>`}
    ${state === "waits" && html`<p class="hint">${say("waits")}</p>`}
    ${state === "failed" && html`<p role="alert">${say("noAnswer", { reason })}</p>`}
  </article>`;
}

function Tool({ tool, say }) {
  const { name, allowed, outcome, durationMs } = tool;
  const state = outcome ?? "running";
  const rounded = Math.round(durationMs ?? 0);
  return html`<li>
    <code>${name}</code> <span class=${state}>${say(state, { ms: rounded })}</span>
    ${allowed !== undefined && html`<div class="hint">${say("allowed", allowed)}</div>`}
  </li>`;
}
