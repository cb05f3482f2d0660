import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RELEASES_FILE } from "../../../tools/release/edit-releases.ts";
import { digestAt, isUnbuiltAt, withDigestAt } from "../../../tools/release/release-digest.ts";

const source = readFileSync(RELEASES_FILE, "utf8");
const DIGEST = `sha256:${"1".repeat(64)}`;

describe("the digest of an image that is no MCP server's", () => {
  it.each([[["KEYCLOAK_DIGEST"]], [["AGENTS", "customer-support", "release", "digest"]]] as const)(
    "is written at %j, and nothing else is changed",
    (at) => {
      const after = withDigestAt(source, at, DIGEST);
      expect(digestAt(after, at)).toBe(DIGEST);
      expect(isUnbuiltAt(after, at)).toBe(false);
      expect(withDigestAt(after, at, digestAt(source, at))).toBe(source);
    },
  );

  it("is nowhere but in data", () => {
    expect(() => digestAt(source, ["AGENTS", "nobody", "release", "digest"])).toThrow("no digest at AGENTS.nobody");
    expect(() => digestAt(source, ["UNBUILT"])).toThrow("no digest at UNBUILT");
  });
});
