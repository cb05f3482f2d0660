import { filesServer } from "../../../../services/mcp/files/server.ts";
import { testContract } from "../contracts/test-contract.ts";
import { testStorage } from "./files-fixture.ts";

testContract("files", {
  serverOf: filesServer,
  open: async () => {
    const { newStore, stop } = await testStorage();
    return { services: { store: newStore() }, close: stop };
  },
});
