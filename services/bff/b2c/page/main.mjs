import { html, render } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Chat } from "./chat-view.mjs";
import { Privacy } from "./privacy-view.mjs";
import { call, readSession } from "./server.mjs";
import { LANGUAGES, preferredLanguage, wordsOf } from "./words.mjs";

/** Providers that are called otherwise than the pool names them. */
const PROVIDER_NAMES = { SignInWithApple: "Apple" };

function Page() {
  const [session, setSession] = useState(undefined);
  const [language, setLanguage] = useState(preferredLanguage);
  const [isPrivate, setPrivate] = useState(false);
  const [note, setNote] = useState(
    () => new URL(location.href).searchParams.get("sign-in") === "failed" && "signInFailed",
  );
  const say = wordsOf(language);
  const title = say("title", { tenant: session?.tenant ?? "" });
  useEffect(() => void readSession().then(setSession, () => setSession({ isSignedIn: false })), []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);

  const leave = async () => {
    await call("/sign-out", { method: "POST" }).catch(() => undefined);
    left();
  };
  const left = () => {
    setNote("signedOut");
    setPrivate(false);
    setSession({ ...session, isSignedIn: false });
  };
  if (session === undefined) return html`<main aria-busy="true"></main>`;
  return html`<header>
      <h1>${title}</h1>
      <select aria-label=${say("language")} value=${language} onChange=${(it) => setLanguage(it.target.value)}>
        ${Object.entries(LANGUAGES).map(([id, name]) => html`<option value=${id} lang=${id}>${name}</option>`)}
      </select>
      ${
        session.isSignedIn &&
        html`<button aria-pressed=${isPrivate} onClick=${() => setPrivate(!isPrivate)}>${say("privacy")}</button>
          <button onClick=${leave}>${say("signOut")}</button>`
      }
    </header>
    ${
      session.isSignedIn
        ? html`<${Signed}
            session=${session}
            say=${say}
            isPrivate=${isPrivate}
            setPrivate=${setPrivate}
            onDeleted=${left}
          />`
        : html`<main>
            <section class="card">
              ${note && html`<p role="status">${say(note)}</p>`}
              <p>${say("welcome")}</p>
              <a class="button primary" href="/sign-in">${say("signIn")}</a>
              ${(session.signInProviders ?? []).map(
                (it) =>
                  html`<a class="button" href=${`/sign-in?with=${encodeURIComponent(it)}`}>
                    ${say("signInWith", { provider: PROVIDER_NAMES[it] ?? it })}
                  </a>`,
              )}
            </section>
          </main>`
    }`;
}

/** Both views stay, so that a conversation is still there after a look at the other. */
function Signed({ session, say, isPrivate, setPrivate, onDeleted }) {
  const chat = html`<${Chat} say=${say} isScripted=${session.answersFrom === "scripted-model"} />`;
  return html`<div class="view" hidden=${isPrivate}>${chat}</div>
    ${isPrivate && html`<${Privacy} say=${say} onDeleted=${onDeleted} onBack=${() => setPrivate(false)} />`}`;
}

const page = document.getElementById("page");
page.replaceChildren();
render(html`<${Page} />`, page);
