import { readFileSync } from "node:fs";
import path from "node:path";
import { check } from "prettier";
import { expect, test } from "vitest";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { addService, servicesIn, withService } from "../../../tools/release/releases-file.ts";

const FILE = path.resolve(import.meta.dirname, "../../../releases/releases.ts");
const SOURCE = readFileSync(FILE, "utf8");
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}` as const;

test("what the text declares is what the program imports", () => {
  expect(servicesIn(SOURCE)).toEqual(MCP_SERVERS);
});

test("a service that is written as it was changes nothing", async () => {
  let text = SOURCE;
  for (const [name, service] of Object.entries(servicesIn(SOURCE))) text = await withService(text, name, service);
  expect(text).toBe(SOURCE);
});

test("a new service is appended, formatted, and read back", async () => {
  const text = await addService(SOURCE, "weather-report", {
    scenarios: ["internal", "b2b"],
    version: "1.0.0",
    digest: DIGEST,
  });
  const releases = [{ version: "1.0.0", digest: DIGEST }];
  expect(servicesIn(text)).toEqual({ ...MCP_SERVERS, "weather-report": { scenarios: ["internal", "b2b"], releases } });
  expect(await check(text, { parser: "typescript", printWidth: 120 })).toBe(true);
  expect(text.replace(/ {2}"weather-report": \{[^]*?\n {2}\},\n/, "")).toBe(SOURCE);
});

test("a table without services or without a last comma can be added to", async () => {
  for (const table of ["{}", "{ a: { scenarios: [], releases: [] } }"]) {
    const text = await addService(`export const MCP_SERVERS = ${table};`, "b", {
      scenarios: [],
      version: "1.0.0",
      digest: DIGEST,
    });
    expect(Object.keys(servicesIn(text)).at(-1)).toBe("b");
  }
});

test("a service that exists is not added again", async () => {
  await expect(addService(SOURCE, "files", { scenarios: [], version: "1.0.0", digest: DIGEST })).rejects.toThrow(
    'service "files" is in the release data already',
  );
});

test.each([
  ["export const OTHER = {};", "the release data must declare MCP_SERVERS as an object"],
  ["export const MCP_SERVERS = load();", "the release data must declare MCP_SERVERS as an object"],
  ["export const MCP_SERVERS = { ...other };", 'MCP_SERVERS must be plain data, and "...other" is not'],
  ["export const MCP_SERVERS = { [name]: {} };", 'MCP_SERVERS must be plain data, and "[name]" is not'],
  ["export const MCP_SERVERS = { a: { weight: now() } };", 'MCP_SERVERS must be plain data, and "now()" is not'],
])("%j is refused", (text, message) => {
  expect(() => servicesIn(text)).toThrow(message);
});
