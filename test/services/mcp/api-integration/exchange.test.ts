import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Backend } from "../../../../services/mcp/api-integration/http/backend.ts";
import {
  backendAt,
  caller,
  GET,
  inTurn,
  jsonAnswer,
  POST,
  type ScriptedBackend,
  scriptedBackend,
  textAnswer,
} from "./scripted-backend.ts";

let server: ScriptedBackend;
const open: Backend[] = [];
const backend = (
  ...[settings, options]: Parameters<typeof backendAt> extends [string, ...infer Rest] ? Rest : never
) => {
  const made = backendAt(`${server.url}/base`, settings, options);
  open.push(made);
  return made;
};

beforeAll(async () => {
  server = await scriptedBackend();
});
beforeEach(() => {
  server.seen.length = 0;
  server.answer = jsonAnswer({ ok: true });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((it) => it.close()));
});
afterAll(() => server.stop());

const timesAsked = () => server.seen.length;

describe("a redirect", () => {
  const to = (location: string, status = 302) => jsonAnswer({}, status, { location });
  const refused = { code: "ERR_BACKEND_REDIRECT" };

  test("is followed three times on the same host", async () => {
    server.answer = inTurn(server, to("/a"), to("b"), to(`${server.url}/c`), jsonAnswer({ ok: true }));
    expect((await backend().send(GET, caller())).status).toBe(200);
    expect(server.seen.map(({ url }) => url)).toEqual(["/base/it", "/a", "/b", "/c"]);
    server.seen.length = 0;
    server.answer = to("/again");
    await expect(backend().send(GET, caller())).rejects.toMatchObject(refused);
    expect(timesAsked()).toBe(4);
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/latest/meta-data/",
    "http://127.0.0.2:1/",
    "https://evil.example.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "//evil.example.com/",
    "http://[",
  ])("to %s is refused", async (location) => {
    server.answer = to(location);
    await expect(backend().send(GET, caller())).rejects.toMatchObject(refused);
    expect(timesAsked()).toBe(1);
  });

  test("with a credential in it is refused", async () => {
    server.answer = to(`http://user:pass@127.0.0.1:${server.port}/`);
    await expect(backend().send(GET, caller())).rejects.toMatchObject(refused);
    expect(timesAsked()).toBe(1);
  });

  test("to an allowed host is judged by the address that it has", async () => {
    server.answer = to("https://169.254.169.254/latest/meta-data/");
    const allowing = backend({ allowedHosts: ["169.254.169.254"] });
    await expect(allowing.send(GET, caller())).rejects.toMatchObject({ code: "ERR_ADDRESS_REFUSED" });
  });

  test("of what changes something is refused", async () => {
    server.answer = to("/elsewhere", 307);
    await expect(backend().send(POST, caller())).rejects.toMatchObject(refused);
    expect(timesAsked()).toBe(1);
  });

  test("to another origin is followed without the credential", async () => {
    const other = await scriptedBackend();
    other.answer = jsonAnswer({ ok: true });
    const secret = "s3cr3t-s3cr3t";
    const credentials = { read: () => Promise.resolve(secret), forget: () => undefined };
    server.answer = inTurn(server, to("/same"), to(`${other.url}/other`));
    for (const authentication of [{ kind: "bearer" }, { kind: "api-key", in: "query", name: "key" }] as const) {
      server.seen.length = 0;
      const settings = { secretName: "it", allowedHosts: ["127.0.0.1"] };
      expect((await backend(settings, { authentication, credentials }).send(GET, caller())).status).toBe(200);
      expect(JSON.stringify(server.seen[0])).toContain(secret);
      expect(JSON.stringify(other.seen)).not.toContain(secret);
    }
    expect(server.seen[1]?.url).toBe("/same");
    expect(other.seen).toHaveLength(2);
    await other.stop();
  });
});

describe("a credential", () => {
  const login = JSON.stringify({ username: "shop", password: 'p"ä+ss/word' });
  const pair = Buffer.from('shop:p"ä+ss/word').toString("base64");
  const cases = [
    [{ kind: "bearer" }, "t0ken-t0ken", { authorization: "Bearer t0ken-t0ken" }, "/base/it"],
    [{ kind: "basic" }, login, { authorization: `Basic ${pair}` }, "/base/it"],
    [{ kind: "api-key", in: "header", name: "X-Api-Key" }, "k3y-k3y-k3y\n", { "x-api-key": "k3y-k3y-k3y" }, "/base/it"],
    [{ kind: "api-key", in: "query", name: "key" }, "k3y&k3y=k3y", {}, "/base/it?key=k3y%26k3y%3Dk3y"],
  ] as const;

  test.each(cases)(
    "of kind %j is shown, and taken out of what comes back",
    async (authentication, secret, headers, url) => {
      server.answer = (seen, response) => textAnswer(JSON.stringify(seen) + seen.url, "text/plain")(seen, response);
      const credentials = { read: () => Promise.resolve(secret), forget: () => undefined };
      const { text } = await backend({ secretName: "it" }, { authentication, credentials }).send(GET, caller());
      expect(server.seen).toMatchObject([{ headers, url }]);
      expect(text).toContain("[removed]");
      for (const form of [secret.trim(), pair, "t0ken", "k3y", 'p"ä', 'p\\"ä']) expect(text).not.toContain(form);
    },
  );

  test.each([
    [{ kind: "bearer" }, "with\r\nx-evil: header"],
    [{ kind: "bearer" }, "short"],
    [{ kind: "basic" }, "no-json-hunter2"],
    [{ kind: "basic" }, '{"username":"a:b"}'],
  ] as const)("of kind %j that cannot be sent (%j) is not, nor is it repeated", async (authentication, secret) => {
    const credentials = { read: () => Promise.resolve(secret), forget: () => undefined };
    const sent = backend({ secretName: "it" }, { authentication, credentials }).send(GET, caller());
    const problem = await sent.catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: "ERR_CREDENTIAL_UNAVAILABLE" });
    expect(`${String(problem)} ${JSON.stringify(problem)}`).not.toContain(secret);
    expect(server.seen).toEqual([]);
  });

  test("that the backend does not take is read anew the next time", async () => {
    const forgotten: string[] = [];
    const credentials = {
      read: () => Promise.resolve("t0ken-t0ken"),
      forget: (name: string) => void forgotten.push(name),
    };
    const made = backend({ secretName: "it" }, { authentication: { kind: "bearer" }, credentials });
    server.answer = inTurn(server, jsonAnswer({}), jsonAnswer({}, 401));
    await made.send(POST, caller());
    expect(forgotten).toEqual([]);
    await made.send(POST, caller());
    expect(forgotten).toEqual(["it"]);
  });

  test("is named exactly where the API wants one", () => {
    expect(() => backend({}, { authentication: { kind: "bearer" } })).toThrow(TypeError);
    expect(() => backend({ secretName: "it" })).toThrow(TypeError);
  });
});
