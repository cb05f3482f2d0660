import {
  GatewayClient,
  type GatewayClientOptions,
} from "../../../../services/libraries/gateway-client/gateway-client.ts";
import { PersonLogin } from "../../../../services/libraries/gateway-client/person-login.ts";

const scenario = process.env["MCP_CONFORMANCE_SCENARIO"] ?? "";
const context = JSON.parse(process.env["MCP_CONFORMANCE_CONTEXT"] ?? "{}") as Context;
const url = new URL(process.argv.at(-1) ?? "");

/** What the suite tells a scenario's client. */
interface Context {
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments?: { [name: string]: unknown } }[];
}

/** The issuer of the suite asks nobody: its answer to the first request is where the person is sent back to. */
async function authorize(to: URL): Promise<URL> {
  const { headers } = await fetch(to, { redirect: "manual" });
  return new URL(headers.get("location") ?? "", to);
}

function authOf(): GatewayClientOptions["auth"] {
  if (!scenario.startsWith("auth/")) return undefined;
  const { client_id: clientId = "", client_secret: clientSecret = "" } = context;
  return new PersonLogin({
    clientName: "alicerce-conformance",
    redirectUrl: "http://localhost:3000/callback",
    authorize,
    clientMetadataUrl: "https://conformance-test.local/client-metadata.json",
    ...(scenario === "auth/pre-registration" && { registered: { clientId, clientSecret } }),
  });
}

const auth = authOf();
const client = new GatewayClient({
  url,
  name: "alicerce-conformance",
  version: "1.0.0",
  ...(auth !== undefined && { auth }),
  elicit: () => Promise.resolve({ action: "accept", content: {} }),
});

const TOOLS: {
  readonly [scenario: string]: { readonly name: string; readonly arguments?: { [name: string]: unknown } };
} = {
  tools_call: { name: "add_numbers", arguments: { a: 5, b: 3 } },
  "elicitation-sep1034-client-defaults": { name: "test_client_elicitation_defaults" },
  "sse-retry": { name: "test_reconnection" },
};

const tools = await client.listTools();
const everyTool = tools.map(({ name }) => ({ name, arguments: {} }));
const asked = context.toolCalls ?? (TOOLS[scenario] === undefined ? everyTool : [TOOLS[scenario]]);
if (scenario !== "initialize") await Promise.all(asked.map((it) => client.callTool(it.name, it.arguments)));
await client.close();
