import { createServer } from "node:http";
import { expect, test } from "vitest";
import { keepPort } from "../../../sandbox/data-plane/kept-ports.ts";
import { endServer, listenOnLoopback } from "../../../sandbox/data-plane/loopback-server.ts";
import { portsFrom } from "../../../sandbox/data-plane/ports.ts";
import { freePorts, listenAt } from "../../support/free-ports.ts";

const TENANTS = [{ id: "acme", scenarios: ["b2c"] as const }];

test("a kept port is nobody else's until its server listens", async () => {
  const port = await keepPort();
  expect(await listenAt(port)).toBeUndefined();
  const server = createServer();
  expect(await listenOnLoopback(server, port)).toBe(port);
  await endServer(server);
});

test("the ports of a platform stay its own until it has ended", async () => {
  const ports = await portsFrom(undefined, TENANTS);
  const all = [ports.developers, ports.machines, ports.of("acme", "b2c"), ports.consumerBffOf("acme")];
  expect(new Set(all).size).toBe(4);
  for (const it of all) expect(await listenAt(it)).toBeUndefined();
  await ports.stop();
  for (const it of all) {
    const server = await listenAt(it);
    expect(server).toBeDefined();
    server?.close();
  }
});

test("where one is taken, none is kept", async () => {
  const first = await freePorts(4);
  const other = await listenAt(first + 2);
  await expect(portsFrom(first, TENANTS)).rejects.toThrow(`taken: ${first + 2} (the gateway acme b2c)`);
  other?.close();
  const ports = await portsFrom(first, TENANTS);
  expect(ports.of("acme", "b2c")).toBe(first + 2);
  await ports.stop();
});
