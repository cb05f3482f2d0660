import type { LookupFunction } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isAddressIn, isAllowedAddress, networksOf } from "../../../../services/libraries/guarded-http/address.ts";
import { BackendSettings } from "../../../../services/mcp/api-integration/http/backend-settings.ts";
import { backendAt, caller, GET, jsonAnswer, POST, type ScriptedBackend, scriptedBackend } from "./scripted-backend.ts";

const NOT_PUBLIC = [
  ...["0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "169.254.169.254", "169.254.170.2"],
  ...["172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1"],
  ...["255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe"],
  ...["::ffff:0:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:a00:1::", "2001:0:1::1"],
  ...["fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "2001:db8::1", "3fff::1"],
  ...["4000::1", "not an address", ""],
];

describe("an address", () => {
  test.each(["8.8.8.8", "52.94.236.248", "2600:1f18::1", "2a05:d018::1", "::ffff:8.8.8.8"])("%s is public", (it) =>
    expect(isAllowedAddress(it, [])).toBe(true),
  );

  test.each(NOT_PUBLIC)("%s is not public", (it) => expect(isAllowedAddress(it, [])).toBe(false));

  test("in an opened range may be called, in its form for IPv6 too, and its neighbour may not", () => {
    const opened = networksOf(["10.1.0.0/16"]);
    const judged = ["10.1.2.3", "::ffff:10.1.2.3", "10.2.0.1"].map((it) => isAllowedAddress(it, opened));
    expect(judged).toEqual([true, true, false]);
  });

  test.each(["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "0.0.0.0", "ff02::1"])(
    "%s stays closed even if everything is opened",
    (it) => expect(isAllowedAddress(it, networksOf(["0.0.0.0/0", "::/0"]))).toBe(false),
  );
});

describe("a backend", () => {
  let server: ScriptedBackend;
  beforeAll(async () => {
    server = await scriptedBackend();
  });
  beforeEach(() => {
    server.seen.length = 0;
    server.answer = jsonAnswer({});
  });
  afterAll(() => server.stop());

  /** A name service that answers as a test says, and counts. */
  const names = (...answers: readonly (readonly string[])[]) => {
    const asked: string[] = [];
    const lookup: LookupFunction = (hostname, { all }, callback) => {
      const addresses = answers[Math.min(asked.push(hostname), answers.length) - 1] ?? [];
      const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
      if (all === true) callback(null, found);
      else callback(null, found[0]?.address ?? "", found[0]?.family ?? 4);
    };
    return { asked, lookup };
  };
  const refused = { code: "ERR_ADDRESS_REFUSED", clientMessage: "the backend has an address that may not be called" };

  test.each([
    ["decimal", "https://2130706433"],
    ["hexadecimal", "https://0x7f000001"],
    ["octal", "https://0177.0.0.1"],
    ["short", "https://127.1"],
    ["dotted", "https://127.0.0.1"],
    ["IPv6", "https://[::1]"],
    ["IPv4 in IPv6", "https://[::ffff:127.0.0.1]"],
    ["metadata", "https://169.254.169.254"],
    ["full-width", "https://１２７.０.０.１"],
    ["localhost", "https://localhost"],
  ])("is not called at a loopback or metadata address that is written %s", async (_, origin) => {
    const backend = backendAt(`${origin}:${server.port}/`, { dangerouslyAllowedNetworks: [] });
    await expect(backend.send(GET, caller())).rejects.toMatchObject(refused);
    expect(server.seen).toEqual([]);
    await backend.close();
  });

  test.each([
    [["10.0.0.1"]],
    [["169.254.169.254"]],
    [["::ffff:10.0.0.1"]],
    [["fd00::1"]],
    [["93.184.215.14", "10.0.0.1"]],
  ])("is not called when its name means %j", async (addresses) => {
    const { asked, lookup } = names(addresses);
    const settings = { dangerouslyAllowedNetworks: [] };
    const backend = backendAt("https://orders.example.com/", settings, { lookup });
    await expect(backend.send(GET, caller())).rejects.toMatchObject(refused);
    expect(asked).toEqual(["orders.example.com"]);
    await backend.close();
  });

  describe("in a network of the tenant's own", () => {
    const OWN = { dangerouslyAllowedNetworks: [], onlyNetworks: ["10.200.8.0/24"] };

    test.each([
      ["another private range", ["10.200.9.10"]],
      ["the region's own network", ["10.2.32.7"]],
      ["the credentials of the machine", ["169.254.169.254"]],
      ["the same in IPv6", ["::ffff:169.254.169.254"]],
      ["the machine itself", ["127.0.0.1"]],
      ["the Services of the cluster", ["172.20.0.10"]],
      ["the public", ["93.184.215.14"]],
      ["the public in IPv6", ["2600:1f18::1"]],
      ["its own range and another one", ["10.200.8.10", "10.200.9.10"]],
      ["its own range and the public", ["10.200.8.10", "93.184.215.14"]],
    ])("is not called when its name means %s", async (_, addresses) => {
      const { asked, lookup } = names(addresses);
      const backend = backendAt("https://stock.xyz.example/", OWN, { lookup });
      await expect(backend.send(GET, caller())).rejects.toMatchObject(refused);
      expect(asked).toEqual(["stock.xyz.example"]);
      await backend.close();
    });

    test("is not called at another private address after its first, since names are asked at each connection", async () => {
      // Nothing listens in the test network: what is not refused cannot be reached.
      const { lookup } = names(["10.200.8.10"], ["10.200.9.10"]);
      const backend = backendAt("https://stock.xyz.example/", { ...OWN, timeoutMs: 200 }, { lookup });
      const first = await backend.send(POST, caller()).catch((error: unknown) => error);
      expect(first).not.toMatchObject({ code: "ERR_ADDRESS_REFUSED" });
      await expect(backend.send(POST, caller())).rejects.toMatchObject(refused);
      await backend.close();
    });

    test.each([
      ["10.200.8.10", true],
      ["::ffff:10.200.8.10", true],
      ["10.200.9.10", false],
      ["10.200.8.10%eth0", false],
      ["93.184.215.14", false],
      ["", false],
    ])("has the address %j: %s", (address, expected) => {
      expect(isAddressIn(address, networksOf(OWN.onlyNetworks))).toBe(expected);
    });

    test.each([
      ["the public", { onlyNetworks: ["203.0.113.0/24"] }],
      ["the machine's link", { onlyNetworks: ["169.254.169.254/32"] }],
      ["the machine", { onlyNetworks: ["127.0.0.0/24"] }],
      ["everything", { onlyNetworks: ["0.0.0.0/0"] }],
      ["a network as wide as a company", { onlyNetworks: ["10.0.0.0/19"] }],
      ["IPv6", { onlyNetworks: ["fd00::/64"] }],
      ["nothing", { onlyNetworks: [] }],
      ["what is opened besides", { onlyNetworks: ["10.200.8.0/24"], dangerouslyAllowedNetworks: ["10.0.0.0/8"] }],
      ["the way to another host", { onlyNetworks: ["10.200.8.0/24"], allowedHosts: ["other.xyz.example"] }],
    ])("may not be %s", (_, settings) => {
      expect(BackendSettings.safeParse({ baseUrl: "https://stock.xyz.example", ...settings }).success).toBe(false);
    });
  });

  test("in the range of another API is not called by a backend that has none", async () => {
    const { lookup } = names(["10.200.8.10"]);
    const backend = backendAt("https://orders.example.com/", { dangerouslyAllowedNetworks: [] }, { lookup });
    await expect(backend.send(GET, caller())).rejects.toMatchObject(refused);
    await backend.close();
  });

  test("is judged at each connection, since a name may mean something else the next time", async () => {
    const { lookup, asked } = names(["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]);
    server.answer = (_, response) => void response.writeHead(200, { connection: "close" }).end();
    const backend = backendAt(`http://localhost:${server.port}/`, {}, { lookup });
    await backend.send(GET, caller());
    await backend.send(GET, caller());
    await expect(backend.send(GET, caller())).rejects.toMatchObject(refused);
    expect([asked.length, server.seen.length]).toEqual([3, 2]);
    await backend.close();
  });

  test("does not tell a caller where it is when it cannot be reached", async () => {
    const { lookup } = names(["127.0.0.9"]);
    const backend = backendAt("https://orders.corp.internal:1/", {}, { lookup });
    const problem = await backend.send(GET, caller()).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: "ERR_BACKEND_UNREACHABLE", clientMessage: '"sample" cannot be reached' });
    await backend.close();
  });
});

describe("the settings of a backend", () => {
  test.each([
    ["http outside loopback", { baseUrl: "http://orders.example.com", dangerouslyAllowedNetworks: ["127.0.0.0/8"] }],
    ["http on loopback that is not opened", { baseUrl: "http://127.0.0.1:8080" }],
    [
      "http on a name that begins as loopback does",
      { baseUrl: "http://127.evil.com", dangerouslyAllowedNetworks: ["::/0"] },
    ],
    ["a credential in the address", { baseUrl: "https://user:password@orders.example.com" }],
    ["a query", { baseUrl: "https://orders.example.com/?key=1" }],
    ["another protocol", { baseUrl: "file:///etc/passwd" }],
    ["an unknown setting", { baseUrl: "https://orders.example.com", secret: "hunter2" }],
    ["a range that is none", { baseUrl: "https://orders.example.com", dangerouslyAllowedNetworks: ["10.0.0.0/99"] }],
  ])("may not have %s", (_, settings) => expect(BackendSettings.safeParse(settings).success).toBe(false));

  test("need little", () => {
    expect(BackendSettings.parse({ baseUrl: "https://orders.example.com/v1" })).toMatchObject({
      timeoutMs: 10_000,
      allowedHosts: [],
      dangerouslyAllowedNetworks: [],
    });
  });
});
