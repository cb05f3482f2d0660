import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { served } from "./served.ts";

describe("the server of a BFF", () => {
  test("who sends headers slowly is answered with 408 and cut off", async () => {
    const bff = await served((app) => app.get("/", (context) => context.text("fine")), { headersMs: 200 });
    try {
      const socket = connect(bff.port, "127.0.0.1");
      socket.write("GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n");
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      await bff.stop();
    }
  });

  test("who sends a body slowly is cut off too", async () => {
    const bff = await served((app) => app.post("/", async (context) => context.text(await context.req.text())), {
      headersMs: 200,
      requestMs: 300,
    });
    try {
      const socket = connect(bff.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write("POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 10\r\n\r\nabc");
      await once(socket.resume(), "close");
      expect(socket.bytesWritten).toBeLessThan(100);
    } finally {
      await bff.stop();
    }
  });

  test("what is in flight is answered before the server ends", async () => {
    const arrived = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    const bff = await served((app) =>
      app.get("/", async (context) => {
        arrived.resolve(undefined);
        await released.promise;
        return context.text("fine");
      }),
    );
    const answer = fetch(bff.origin);
    await arrived.promise;
    const stopped = bff.stop();
    released.resolve(undefined);
    expect(await (await answer).text()).toBe("fine");
    await stopped;
  });
});
