/** What the server said that is not an answer: a problem by RFC 9457. */
export class ServerProblem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

let csrfToken = "";

/** Who is signed in; asks the server. */
export async function readSession() {
  const session = await (await call("/v1/session")).json();
  csrfToken = session.csrfToken ?? "";
  return session;
}

/** Calls the server of this page; throws `ServerProblem` with what it says is wrong. */
export async function call(path, { method = "GET", body, headers = {}, signal } = {}) {
  const response = await fetch(path, {
    method,
    signal,
    credentials: "same-origin",
    headers: {
      ...(method !== "GET" && { "x-csrf-token": csrfToken }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new ServerProblem(response.status, problem.detail ?? problem.title ?? response.statusText);
}
