import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { call } from "./server.mjs";

/** What the consumer agrees to, and what can be done with the consumer's data. */
export function Privacy({ say, onDeleted, onBack }) {
  const [consents, setConsents] = useState(undefined);
  const [note, setNote] = useState("");
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    call("/v1/me/consents")
      .then((it) => it.json())
      .then(setConsents, (error) => setNote(error.message));
  }, []);

  const change = async (name, value) => {
    const { history, personalisation } = { ...consents, [name]: value };
    try {
      setConsents(await (await call("/v1/me/consents", { method: "PUT", body: { history, personalisation } })).json());
      setNote(say("saved"));
    } catch (error) {
      setNote(error.message);
    }
  };
  const remove = async () => {
    try {
      await call("/v1/me/data?confirm=yes", { method: "DELETE" });
      onDeleted();
    } catch (error) {
      setNote(error.message);
    }
  };
  const choice = (name) =>
    html`<label>
      <input
        type="checkbox"
        checked=${consents?.[name] ?? false}
        disabled=${consents === undefined}
        onChange=${(it) => void change(name, it.target.checked)}
      />
      ${" "}${say(name)}
    </label>`;

  return html`<main>
    <section class="card" aria-labelledby="consents">
      <h2 id="consents">${say("consents")}</h2>
      <p class="hint">${say("consentsHint")}</p>
      ${choice("history")} ${choice("personalisation")}
      <p role="status">${note}</p>
    </section>
    <section class="card" aria-labelledby="data">
      <h2 id="data">${say("data")}</h2>
      ${
        isAsking
          ? html`<p role="alert">${say("removeSure")}</p>
              <div class="actions">
                <button class="danger" onClick=${remove}>${say("removeYes")}</button>
                <button onClick=${() => setAsking(false)}>${say("cancel")}</button>
              </div>`
          : html`<div class="actions">
              <a class="button" href="/v1/me/data" download="my-data.json">${say("download")}</a>
              <button class="danger" onClick=${() => setAsking(true)}>${say("remove")}</button>
            </div>`
      }
    </section>
    <button onClick=${onBack}>${say("back")}</button>
  </main>`;
}
