import type { Platform } from "../platform.ts";
import { partnerSendsRecords } from "./agent-steps.ts";
import { gatewayOf, machine, rawCall, readerToken, result } from "./callers.ts";
import type { GatewayClient } from "../../../services/libraries/gateway-client/gateway-client.ts";
import { callsTheApi } from "./partner-api.ts";
import { partnerSaysRecords } from "./partner-events.ts";
import { expected, Walk, type Step } from "./walk.ts";

const TENANT = "xyz-gmbh";
const OTHER = "acme-corp";
const TABLE = "sku,quantity\nA-1,3\nB-2,5\n";

/** The specification's scenario "B2B": a partner's system exchanges data, as a machine with tokens of Amazon Cognito. */
export async function partnerScenario(platform: Platform, onStep: (step: Step) => void): Promise<readonly Step[]> {
  const walk = new Walk(onStep);
  const system = machine(gatewayOf(platform, TENANT, "b2b"));
  await exchangesFiles(walk, system, `check-${Date.now()}`);
  await doesBusiness(walk, platform, system);
  await partnerSendsRecords(walk, platform, TENANT);
  await callsTheApi(walk, platform, TENANT);
  await partnerSaysRecords(walk, platform, TENANT);
  await system.close();
  return walk.steps;
}

async function exchangesFiles(walk: Walk, system: GatewayClient, name: string): Promise<void> {
  await walk.step("a partner's system writes a file", async () => {
    const { path } = await result(system, "files___write-file", { path: `${name}/stock.csv`, content: TABLE });
    return String(path);
  });
  await walk.step("converts it from CSV to JSON, and reads that", async () => {
    await result(system, "files___convert-file", { from: `${name}/stock.csv`, to: `${name}/stock.json` });
    const { content } = await result(system, "files___read-file", { path: `${name}/stock.json` });
    const rows = JSON.parse(String(content)) as { sku?: string }[];
    expected(
      rows.map((it) => it.sku),
      ["A-1", "B-2"],
      "rows",
    );
    return String(content).replaceAll(/\s+/g, " ");
  });
  await walk.step("shares it by a link that works, and stops working when it is changed", async () => {
    const { url } = await result(system, "files___share-file", { path: `${name}/stock.csv` });
    expected(await (await fetch(String(url))).text(), TABLE, "what the link gives");
    const changed = await fetch(String(url).replace("stock.csv", "stock.json"));
    expected(changed.status, 403, "status of the changed link");
    return "200, and 403 for another file";
  });
  await walk.step("a path out of its own files is refused", async () => {
    const answer = await system.callTool("files___read-file", { path: `../${OTHER}/${name}/stock.csv` });
    expected(answer.isError, true, "isError");
    return "refused";
  });
}

async function doesBusiness(walk: Walk, platform: Platform, system: GatewayClient): Promise<void> {
  await walk.step("places an order once, however often it is sent", async () => {
    const order = {
      "Idempotency-Key": `check-order-${Date.now()}`,
      body: { customerId: "cus-1", lines: [{ sku: "MUG-01", quantity: 1 }] },
    };
    const [first, again] = [
      await result(system, "api-integration___orders_createOrder", order),
      await result(system, "api-integration___orders_createOrder", order),
    ];
    expected(again, first, "the second answer");
    return JSON.stringify(first);
  });
  await walk.step("orders in the ERP that its tenant brings", async () => {
    const order = {
      "Idempotency-Key": `check-erp-${Date.now()}`,
      body: { supplier: "100200", lines: [{ material: "STEEL-4", quantity: 12 }] },
    };
    const { data } = (await result(system, "api-integration___erp_createPurchaseOrder", order)) as {
      readonly data: { readonly number: string };
    };
    const read = await result(system, "api-integration___erp_getPurchaseOrder", { number: data.number });
    expected(read["data"], data, "the purchase order");
    return JSON.stringify(data);
  });
  await walk.step("reads the rows of its own tenant only", async () => {
    const sql = "SELECT DISTINCT tenant_id FROM business.invoices";
    const { rows } = await result(system, "database___query", { sql });
    expected(rows, [[TENANT]], "tenants");
    return JSON.stringify(rows);
  });
  await walk.step("its token is worth nothing at another tenant's gateway", async () => {
    const authorization = `Bearer ${await readerToken(gatewayOf(platform, TENANT, "b2b"))}`;
    const response = await rawCall(gatewayOf(platform, OTHER, "b2b").url, { authorization }, "database___query");
    expected(response.status, 401, "status");
    return "401";
  });
}
