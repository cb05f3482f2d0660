import { describe, expect, it } from "vitest";
import { runtimeName } from "../../../components/compute/runtime-name.ts";

describe("runtimeName", () => {
  it("is made of letters, digits and underscores", () => {
    expect(runtimeName("acme-corp", "mcp-api-integration", "2.0.0")).toBe("acme_corp_mcp_api_integration_v2");
  });

  it("stays the same while the major version does, so that a release updates the runtime instead of replacing it", () => {
    expect(runtimeName("a", "b", "2.1.7")).toBe(runtimeName("a", "b", "2.0.0"));
  });

  it("is another for the release on trial, whatever its version", () => {
    expect(runtimeName("acme-corp", "mcp-files", "2.0.0", { onTrial: true })).toBe("acme_corp_mcp_files_next");
  });

  it("refuses what AgentCore would refuse", () => {
    expect(() => runtimeName("a".repeat(20), "b".repeat(30), "1.0.0")).toThrow(TypeError);
  });
});
