import { databaseServer } from "../../../../services/mcp/database/server.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { testContract } from "../contracts/test-contract.ts";
import { createDatabase, servicesOf } from "./database-fixture.ts";

testContract("database", {
  serverOf: databaseServer,
  open: async () => {
    const server = await EmbeddedPostgres.start();
    await createDatabase(server, "own");
    const services = servicesOf(server, "own");
    const close = async () => {
      await services.database.close();
      await server.remove();
    };
    return { services, close };
  },
});
