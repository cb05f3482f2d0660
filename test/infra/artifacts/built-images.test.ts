import { describe, expect, it } from "vitest";
import { UNBUILT } from "../../../releases/releases.ts";
import { isRunnable, requireBuilt } from "../../../infra/artifacts/built-images.ts";

const BUILT = `sha256:${"1".repeat(64)}`;
const REAL = { isPreview: false, sandbox: undefined };

describe("an image that was never built", () => {
  it.each([
    ["mcp-database", '"mcp-database" was never built: push its image'],
    ["mcp-database", "`npx alicerce build --push mcp-database`"],
    ["agent-coordinator", '"agent-coordinator" was never built: push its image'],
  ])("%s is refused where a real cloud would have to run it: %s", (image, message) => {
    expect(() => requireBuilt(image, UNBUILT, REAL)).toThrow(message);
  });

  it.each([
    ["the sandbox, which pulls none", UNBUILT, { isPreview: false, sandbox: "/sandbox" }],
    ["a preview, which only looks", UNBUILT, { isPreview: true, sandbox: undefined }],
    ["a real cloud, once it is built", BUILT, REAL],
  ])("is no obstacle to %s", (_, digest, destination) => {
    expect(() => requireBuilt("mcp-database", digest, destination)).not.toThrow();
  });

  it("is in no plan or preview of a deployment to a real cloud, so that these hold what that will", () => {
    const real = { isPreview: true, sandbox: undefined, isForReal: true };
    expect(isRunnable(UNBUILT, real)).toBe(false);
    expect(isRunnable(BUILT, real)).toBe(true);
    expect(() => requireBuilt("mcp-database", UNBUILT, real)).not.toThrow();
  });

  it("is run nowhere but in the sandbox, so that a tenant is deployed without the agent that has no other", () => {
    expect(isRunnable(UNBUILT, REAL)).toBe(false);
    expect(isRunnable(BUILT, REAL)).toBe(true);
    expect(isRunnable(UNBUILT, { isPreview: false, sandbox: "/sandbox" })).toBe(true);
  });
});
