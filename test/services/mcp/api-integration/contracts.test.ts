import { EXAMPLES, readApis } from "../../../../services/mcp/api-integration/read-apis.ts";
import { apiIntegrationServer } from "../../../../services/mcp/api-integration/server.ts";
import { testContract } from "../contracts/test-contract.ts";
import { backendAt, jsonAnswer, scriptedBackend } from "./scripted-backend.ts";

const apis = await readApis(EXAMPLES);

testContract("api-integration", {
  serverOf: (version) => apiIntegrationServer(version, apis),
  open: async () => {
    const orders = await scriptedBackend();
    orders.answer = (seen, response) => {
      const page = { orders: [{ id: "o-1" }, { id: "o-2" }] };
      if (seen.method === "POST") jsonAnswer({ id: "o-3" }, 201)(seen, response);
      else if (seen.url.startsWith("/orders?")) jsonAnswer(page)(seen, response);
      else jsonAnswer({ title: "unknown" }, 404)(seen, response);
    };
    const backend = backendAt(orders.url);
    const close = async () => {
      await backend.close();
      await orders.stop();
    };
    return { services: { backends: new Map([["orders", backend]]) }, close };
  },
});
