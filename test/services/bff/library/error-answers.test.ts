import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { ApiProblem } from "../../../../services/bff/library/api-problem.ts";
import { readJson } from "../../../../services/bff/library/json-body.ts";
import { securityHeaders } from "../../../../services/bff/library/security-headers.ts";
import { served, type ServedRoutes } from "./served.ts";

const Order = z.strictObject({ "a/b": z.strictObject({ count: z.int().positive() }) });

let bff: ServedRoutes;

beforeAll(async () => {
  bff = await served((app) => {
    app.use(securityHeaders("data"));
    app.get("/broken", () => {
      throw new TypeError("password of the database is hunter2");
    });
    app.get("/refused", () => {
      throw new ApiProblem("forbidden", "not yours", { cause: new Error("row of somebody else") });
    });
    app.post("/orders", async (context) => context.json(await readJson(context, Order, 200)));
  });
});

afterAll(() => bff.stop());

const post = (
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Record<string, string> = { "content-type": "application/json" },
) => fetch(`${bff.origin}/orders`, { method: "POST", body, headers, duplex: "half" });

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return (await response.json()) as Record<string, unknown>;
}

describe("errors are answered as problem+json (RFC 9457)", () => {
  test("an error that is not meant for clients says nothing but that it happened, and the log has it by the request's id", async () => {
    const response = await fetch(`${bff.origin}/broken`);
    const text = await response.clone().text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("hunter2");
    const { instance, type } = await problemOf(response);
    expect(type).toBe("urn:alicerce:problem:internal");
    const requestId = response.headers.get("x-request-id");
    expect(instance).toBe(`urn:alicerce:request:${requestId}`);
    expect(bff.logged.at(-1)).toMatchObject({
      requestId,
      code: "internal",
      error: { message: expect.stringContaining("hunter2") as string },
    });
  });

  test("a refusal says its reason, and not its cause", async () => {
    const response = await fetch(`${bff.origin}/refused`);
    expect(response.status).toBe(403);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 403, title: "The caller may not do this", detail: "not yours" });
    expect(JSON.stringify(problem)).not.toContain("somebody");
  });

  test("an address that there is not is answered in the same form", async () => {
    const response = await fetch(`${bff.origin}/nothing/here`);
    expect(response.status).toBe(404);
    expect(await problemOf(response)).toMatchObject({ type: "urn:alicerce:problem:not-found" });
  });

  test("answers with errors carry the security headers", async () => {
    const { headers } = await fetch(`${bff.origin}/refused`);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("strict-transport-security")).toContain("max-age=63072000");
  });
});

describe("a request's id is ours, its correlation id the caller's where it has the form of one", () => {
  test.each([
    ["chain-1", "chain-1"],
    ["bad value <script>", undefined],
    ["x".repeat(200), undefined],
  ])("%j", async (given, kept) => {
    const headers = { "x-correlation-id": given, "x-request-id": "mine" };
    const response = await fetch(`${bff.origin}/refused`, { headers });
    const requestId = response.headers.get("x-request-id");
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("x-correlation-id")).toBe(kept ?? requestId);
  });
});

describe("bodies", () => {
  test("what fits the schema is taken", async () => {
    const response = await post('{"a/b":{"count":2}}');
    expect(await response.json()).toEqual({ "a/b": { count: 2 } });
  });

  test("each fault is named by a JSON Pointer", async () => {
    const response = await post('{"a/b":{"count":-1,"extra":true}}');
    expect(response.status).toBe(422);
    const { errors } = await problemOf(response);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: "/a~1b/count" }),
        expect.objectContaining({ pointer: "/a~1b" }),
      ]),
    );
  });

  test.each<[string, string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>, number]>([
    ["no JSON", "{", 400],
    ["a name that is given twice", '{"a/b":{"count":1,"count":2}}', 400],
    ["no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["too many bytes", `"${"x".repeat(300)}"`, 413],
  ])("%s is refused", async (_name, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    await problemOf(response);
  });

  test("a body of unknown length is read no further than it may be long", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent++;
        if (sent > 10_000) controller.close();
        else controller.enqueue(new Uint8Array(1_000));
      },
    });
    const response = await post(endless);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(10_000);
  });

  test.each([
    [{ "content-type": "text/plain" }],
    [{ "content-type": "application/x-www-form-urlencoded" }],
    [{ "content-type": "application/json", "content-encoding": "gzip" }],
  ])("%j is refused", async (headers) => {
    expect((await post("{}", headers as Record<string, string>)).status).toBe(415);
  });
});
