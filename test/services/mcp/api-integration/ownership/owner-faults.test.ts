import { expect, test } from "vitest";
import { DescriptionError } from "../../../../../services/mcp/api-integration/api-problem.ts";
import { ownedApis } from "./owned-apis.ts";

async function faultsOf(changes: object): Promise<string> {
  const error: unknown = await ownedApis(changes).catch((it: unknown) => it);
  if (!(error instanceof DescriptionError)) throw new TypeError("it was accepted", { cause: error });
  return error.message;
}

test("what is declared about owners is accepted where it can be kept", async () => {
  const [rest] = await ownedApis();
  expect(rest?.operations.find(({ id }) => id === "get")?.owner).toEqual({ answer: ["/customerId"] });
});

test.each([
  [{ get: { owner: {} } }, "must say whose"],
  [{ get: { owner: { answer: [] } } }, "answer"],
  [{ get: { owner: { answer: ["customerId"] } } }, "must be a JSON pointer"],
  [{ get: { owner: { shared: true } } }, "not about customers"],
  [{ get: { owner: { shared: "yes" } } }, "not about customers"],
  [{ get: { owner: { shared: "not about customers", answer: ["/customerId"] } } }, "owner"],
  [{ get: { owner: { shared: "not about customers" } } }, "confidential answers are somebody's"],
  [{ rename: { classification: "public", owner: { shared: "not about customers" } } }, "changes something"],
  [{ rename: { owner: { answer: ["/customerId"] } } }, "is done before its answer says whose"],
  [{ list: { owner: { arguments: ["/customerID"] } } }, 'takes no argument "/customerID"'],
  [{ list: { owner: { arguments: ["/customerId/*"] } } }, 'takes no argument "/customerId/*"'],
  [{ several: { owner: { arguments: ["/customerIds"] } } }, 'takes no argument "/customerIds"'],
  [{ place: { owner: { arguments: ["/body/customer"] } } }, 'takes no argument "/body/customer"'],
  [{ list: { owner: { answer: ["/orders/*/customerId"] } } }, "keep must say"],
  [{ list: { keep: ["/orders"], owner: { answer: ["/orders/*"] } } }, "must name a member"],
  [{ list: { keep: ["/orders"], owner: { answer: [""] } } }, "must name a member"],
  [{ rename: { owner: { through: "missing" } } }, '"missing" must be an operation'],
  [{ rename: { owner: { through: "rename" } } }, '"rename" must be an operation'],
  [{ rename: { owner: { through: "list" } } }, '"list" must be an operation'],
  [{ rename: { owner: { through: "products" } } }, '"products" must be an operation'],
  [{ place: { owner: { through: "get" } } }, 'takes no "id"'],
])("what cannot be kept is refused at the start: %j", async (changes, why) => {
  expect(await faultsOf(changes)).toContain(why);
});
