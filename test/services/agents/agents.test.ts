import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentsOfTenant } from "./agents-of-tenant.ts";

let acme: Awaited<ReturnType<typeof agentsOfTenant>>;
let xyz: Awaited<ReturnType<typeof agentsOfTenant>>;
beforeAll(async () => {
  [acme, xyz] = [await agentsOfTenant("acme-corp"), await agentsOfTenant("xyz-gmbh")];
});
afterAll(() => Promise.all([acme.stop(), xyz.stop()]));

const partner = { kind: "partner", organizationId: "org-parts", scopes: ["mcp:read", "mcp:write"] } as const;

describe("agents of one tenant work together", () => {
  it("the coordinator asks the specialists whom a question concerns, on behalf of the same person", async () => {
    const userContext = await acme.identity.context();
    const types: string[] = [];
    let text = "";
    const question = {
      text: "Where is my order, and which mugs are there?",
      userContext,
      correlationId: "correlation-9",
    };
    for await (const event of acme.clientOf("coordinator").stream(question)) {
      if (event.type === "tool-started") types.push(`${event.tool} at ${event.allowedBy.at}`);
      if (event.type === "final") text = event.answer.text;
    }
    expect(types).toEqual(["customer-support at agent", "product-recommendation at agent"]);
    expect(text).toContain("Which order is it about?");
    const lines = acme.audit.map(
      (line) =>
        JSON.parse(line) as { correlation_id: string; mcp_context: { server_name: string }; client_context: object },
    );
    const own = lines.filter((line) => line.correlation_id === "correlation-9");
    expect(own.map((line) => line.mcp_context.server_name).toSorted()).toEqual([
      "coordinator",
      "customer-support",
      "product-recommendation",
    ]);
    for (const line of own) expect(line.client_context).toMatchObject({ tenant_id: "acme-corp", user_id: "u-ana" });
  });

  it("the pipeline takes valid records, and gives back each that is not with the reason", async () => {
    const records = [
      { sku: "MUG-01", quantity: 2 },
      { sku: "=cmd()", quantity: 1 },
      { sku: "MUG-02", quantity: 0 },
      { sku: "MUG-03", quantity: 5, reference: "r-1" },
    ];
    const answer = await acme
      .clientOf("integration-processor")
      .send({ data: { records }, userContext: await acme.identity.context(partner) });
    expect(answer).toMatchObject({
      state: "completed",
      text: expect.stringContaining("2 records taken, 2 not.") as string,
    });
    expect(answer.data).toMatchObject([
      {
        records: [
          { index: 0, itemCode: "MUG-01", units: 2, source: "partner" },
          { index: 3, itemCode: "MUG-03", units: 5, source: "r-1" },
        ],
        deadLetters: [
          { index: 1, step: "validate", reason: expect.stringContaining("sku") as string },
          { index: 2, step: "validate", reason: expect.stringContaining("quantity") as string },
        ],
      },
    ]);
  });

  it("a step takes only what the step before hands over, and a consumer sends no records", async () => {
    const userContext = await acme.identity.context(partner);
    const forged = { records: [{ index: 0, record: { sku: "=cmd()", quantity: -1 } }] };
    expect(await acme.clientOf("data-transformer").send({ data: forged, userContext })).toMatchObject({
      state: "failed",
      code: "ERR_HANDOVER",
    });
    const records = [{ sku: "MUG-01", quantity: 2 }];
    const consumer = { data: { records }, userContext: await acme.identity.context() };
    expect(await acme.clientOf("integration-processor").send(consumer)).toMatchObject({
      state: "failed",
      code: "ERR_SCOPE_INSUFFICIENT",
    });
  });

  it("no agent of a tenant takes a call of another, by either identity, in either direction", async () => {
    for (const [one, other] of [
      [acme, xyz],
      [xyz, acme],
    ] as const)
      for (const name of [
        "coordinator",
        "customer-support",
        "product-recommendation",
        "integration-processor",
        "data-transformer",
      ] as const) {
        const stolen = { text: "hello", userContext: await other.identity.context() };
        await expect(one.clientOf(name).send(stolen)).rejects.toMatchObject({ code: "ERR_AGENT_REFUSED" });
      }
  });

  it("where the next step is down, every record is a dead letter and none is lost", async () => {
    await xyz.stopOne("data-transformer");
    const records = [
      { sku: "MUG-01", quantity: 2 },
      { sku: "x", quantity: 1 },
    ];
    const answer = await xyz
      .clientOf("integration-processor")
      .send({ data: { records }, userContext: await xyz.identity.context(partner) });
    expect(answer.data).toMatchObject([
      {
        records: [],
        deadLetters: [
          { index: 0, step: "transform", reason: "ERR_AGENT_UNAVAILABLE" },
          { index: 1, step: "validate" },
        ],
      },
    ]);
  });
});
