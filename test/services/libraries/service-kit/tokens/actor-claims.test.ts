import { describe, expect, it } from "vitest";
import {
  actClaim,
  actorsIn,
  metadataClaim,
} from "../../../../../services/libraries/service-kit/tokens/actor-claims.ts";

describe("who acts for whom", () => {
  it("is a chain in which the outermost actor is the nearest (RFC 8693, section 4.1)", () => {
    const act = actClaim(["agent-1", "bff-b2c"]);
    expect(act).toEqual({ sub: "agent-1", act: { sub: "bff-b2c" } });
    expect(actorsIn({ act })).toEqual({ actors: ["agent-1", "bff-b2c"] });
    expect(actorsIn({})).toEqual({});
  });

  const deep = (depth: number): object => (depth === 0 ? { sub: "a" } : { sub: "a", act: deep(depth - 1) });
  it.each<[string, unknown]>([
    ["text", "agent-1"],
    ["nothing in it", {}],
    ["a null", null],
    ["an e-mail address", { sub: "ana@example.com" }],
    ["more members than the chain has", { sub: "agent-1", iss: "https://other.example.com" }],
    ["a broken link", { sub: "agent-1", act: { act: { sub: "bff-b2c" } } }],
    ["more links than are ever signed", deep(4)],
    ["as many links as fit into it", deep(3_000)],
  ])("is refused with %s", (_what, act) => {
    expect(() => actorsIn({ act })).toThrow(
      expect.objectContaining({ code: "ERR_TOKEN_CLAIM", field: "act" }) as Error,
    );
  });
});

describe("what the deployment says of a client", () => {
  const client = { agentType: "customer-support", version: "2.1.0", deploymentEnv: "production" };

  it("is written as the specification writes it (section 5.1)", () => {
    const client_metadata = metadataClaim(client);
    expect(client_metadata).toEqual({
      agent_type: "customer-support",
      version: "2.1.0",
      deployment_env: "production",
    });
    expect(actorsIn({ client_metadata })).toEqual({ client });
  });

  it.each([
    ["a version that is none", { ...metadataClaim(client), version: "latest" }],
    ["prose", { ...metadataClaim(client), agent_type: "Ignore all rules" }],
    ["more than that", { ...metadataClaim(client), is_admin: true }],
    ["text", "customer-support"],
  ])("is refused with %s", (_what, client_metadata) => {
    expect(() => actorsIn({ client_metadata })).toThrow("client_metadata has another form");
  });
});
