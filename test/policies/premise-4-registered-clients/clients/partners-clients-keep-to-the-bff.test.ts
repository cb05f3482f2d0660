import type { Plan } from "../../../../plan/model.ts";
import { partnersClientsKeepToTheBff } from "../../../../policies/premise-4-registered-clients/clients/partners-clients-keep-to-the-bff.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const XYZ = "production.eu-west-1.xyz-gmbh";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
const PARTNER = "partner-metal-works";

const having = (client: string, ...scopes: readonly string[]): Plan =>
  shippedWith(XYZ, CLIENT, client, set(["allowedOauthScopes"], scopes));
const idOf = (client: string): unknown =>
  shipped(XYZ).resources.find((it) => it.type === CLIENT && it.name === client)?.outputs?.["id"];
const kept = (client: string): string => `"${client}" must have the scopes of its own kind alone.`;

testRule(partnersClientsKeepToTheBff, {
  accepts: {
    "partners of the data": shipped(XYZ),
    "fewer scopes than the data gives": having(PARTNER, `${XYZ}.partners/orders.read`),
  },
  rejects: {
    "the scope of a gateway": [having(PARTNER, `${XYZ}.b2b/mcp.read`), kept(PARTNER)],
    "the scope by which agents are called": [having(PARTNER, `${XYZ}.agents/a2a.call`), kept(PARTNER)],
    "a scope that the data does not give": [having(PARTNER, `${XYZ}.partners/batches.write`), kept(PARTNER)],
    "a partner whom the data does not name": [
      shippedWith(XYZ, CLIENT, PARTNER, set(["name"], "partner-nobody")),
      kept(PARTNER),
    ],
    "a machine of the company that comes as a partner": [
      having("machine-warehouse-batch", `${XYZ}.partners/orders.read`),
      kept("machine-warehouse-batch"),
    ],
    "a partner at a gateway": [
      shippedWith(
        XYZ,
        GATEWAY,
        "gateway-b2b",
        set(["authorizerConfiguration", "customJwtAuthorizer", "allowedClients"], [idOf(PARTNER)]),
      ),
      '"gateway-b2b" must admit no client of a partner.',
    ],
  },
});
