import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitPartner } from "../../../../services/bff/b2b/partners/admission.ts";
import { PARTNER_SCOPES } from "../../../../contracts/bff/partner-access.ts";
import { hasPython } from "../../../support/python-client.ts";
import { type ApiFixture, apiFixture } from "./api/api-fixture.ts";
import { schemathesis } from "./schemathesis.ts";

describe.skipIf(!hasPython())("what Schemathesis makes of the description", () => {
  let it: ApiFixture;
  let key: string;
  beforeAll(async () => {
    it = await apiFixture();
    const answer = [{ artifactId: "answer", parts: [{ text: "Done." }] }];
    it.agentTask = { id: "t", contextId: "c", status: { state: "TASK_STATE_COMPLETED" }, artifacts: answer };
    const { store, by } = it.partners.acme;
    const account = { id: "fuzzer", name: "Fuzzer", customerId: "cus-1", tier: "premium" } as const;
    key = (await admitPartner(store, by, { account, scopes: PARTNER_SCOPES })).key;
  });
  afterAll(() => it.close());

  const CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
  ];

  test.each(["/v1/openapi.json", "/v1/openapi-3.0.json"])(
    "%s: no server error, and no answer that is not described",
    async (path) => {
      const options = [`--checks=${CHECKS.join(",")}`, "--max-examples=15", "--phases=examples,coverage,fuzzing"];
      const { passed, said } = await schemathesis(`${it.acme}${path}`, [`X-API-Key: ${key}`], options);
      expect(passed ? "" : said).toBe("");
      expect(said).toMatch(/Tested: 7$/m);
    },
    600_000,
  );

  test("GraphQL: no server error", async () => {
    const options = ["--checks=not_a_server_error", "--max-examples=20"];
    const { passed, said } = await schemathesis(`${it.acme}/v1/graphql`, [`X-API-Key: ${key}`], options);
    expect(passed ? "" : said).toBe("");
  });
});
