import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { startBffServer } from "../../../../services/bff/library/bff-server.ts";
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

  describe("a file that takes longer than a request may", () => {
    const LIMITS = { headersMs: 200, requestMs: 300 };
    const open = () =>
      startBffServer({
        port: 0,
        address: "127.0.0.1",
        limits: LIMITS,
        isUpload: (path) => path === "/files",
        fetch: async (request: Request) => new Response(await request.text()),
      });
    /** Sends a byte every 100 ms, ten in all, and tells what comes back. */
    const trickled = async (port: number, path: string): Promise<string> => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      const answer = text(socket).catch(() => "");
      socket.write(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: 10\r\n\r\n`);
      for (const byte of "abcdefghij") {
        await pause(100);
        socket.write(byte);
      }
      return answer;
    };

    test("is taken where files are uploaded, as long as something of it arrives", async () => {
      const bff = await open();
      try {
        expect(await trickled(bff.port, "/files?schema=orders")).toMatch(/^HTTP\/1\.1 200 [\s\S]*abcdefghij$/);
      } finally {
        await bff.stop();
      }
    });

    test("is cut off anywhere else, and where it stops arriving", async () => {
      const bff = await open();
      try {
        expect(await trickled(bff.port, "/other")).toMatch(/^HTTP\/1\.1 408 /);
        const socket = connect(bff.port, "127.0.0.1");
        socket.write("POST /files HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 10\r\n\r\nabc");
        expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
      } finally {
        await bff.stop();
      }
    });
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
