import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { INTERFACE_ENDPOINTS } from "../../components/network/private-endpoints.ts";
import { A2A_PORT, MCP_PORT } from "../../contracts/ports.ts";
import { POWERFUL_SCOPES } from "../../contracts/scopes.ts";
import { A2A_PORT as JUDGED_PORT } from "../../policies/facts/workloads.ts";
import { SERVICES_CALLED } from "../../policies/premise-3-private-network/private-services-have-endpoints.ts";
import { POWERFUL } from "../../policies/premise-4-registered-clients/powerful-scopes-are-not-registrable.ts";
import { ROOT } from "./sources.ts";

/** Endpoints that the network has and no rule demands, and why. */
const NOT_DEMANDED = {
  "bedrock-agentcore-control": "only the development server calls it",
};

describe("a fact that a rule states a second time says what its first home says", () => {
  test("the port of A2A", () => {
    expect(JUDGED_PORT.number).toBe(A2A_PORT);
  });

  test("the scopes that nobody obtains by registering", () => {
    expect(POWERFUL).toEqual([...POWERFUL_SCOPES]);
  });

  test("the services that are reached inside the VPC", () => {
    const demanded = SERVICES_CALLED.filter((it) => it !== "s3");
    expect([...demanded, ...Object.keys(NOT_DEMANDED)].sort()).toEqual([...INTERFACE_ENDPOINTS].sort());
  });

  test("the port of an MCP server, which its image exposes", () => {
    const dockerfile = readFileSync(path.join(ROOT, "services/mcp/Dockerfile"), "utf8");
    expect(/^EXPOSE (\d+)$/m.exec(dockerfile)?.[1]).toBe(String(MCP_PORT));
  });
});
