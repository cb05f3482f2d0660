import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type MachineIssuers,
  type PoolLocation,
  startMachinesIssuer,
} from "../../../sandbox/data-plane/identity/cognito/machines-issuer.ts";
import { plannedPool } from "../../../sandbox/data-plane/identity/cognito/planned-pool.ts";
import type { PoolClient } from "../../../sandbox/data-plane/identity/cognito/pool-clients.ts";
import { clientCredentialsToken } from "../../../services/agent-token/client-credentials.ts";
import { AgentTokenConfig } from "../../../services/agent-token/config.ts";
import { functionTokens } from "../../../services/libraries/gateway-client/function-tokens.ts";
import { LambdaProcess } from "../../support/lambda-process.ts";
import { closed } from "../../support/table-server.ts";
import { poolPlan } from "../../sandbox/data-plane/identity/planned-tenants.ts";
import { type SecretServer, secretServer } from "./secret-server.ts";

const HANDLER = fileURLToPath(new URL("../../../services/agent-token/handler.ts", import.meta.url));

let issuers: MachineIssuers;
let pool: PoolLocation;
let agent: PoolClient;
let secret: SecretServer;

const kept = (clientSecret: string): string => JSON.stringify({ clientSecret, clientSecretId: "example--1" });

beforeAll(async () => {
  issuers = await startMachinesIssuer({ pools: [plannedPool(await poolPlan("acme-corp"))] });
  pool = issuers.poolOf("acme-corp");
  [agent] = pool.clients as [PoolClient];
  secret = await secretServer(kept(agent.clientSecret ?? ""));
});
afterAll(async () => {
  await issuers.stop();
  await secret.close();
});

const start = (changes: Readonly<Record<string, string>> = {}): Promise<LambdaProcess> =>
  LambdaProcess.start(HANDLER, {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secret.url,
    CLIENT_ID: agent.clientId,
    CLIENT_SECRET_ARN: secret.arn,
    TOKEN_URL: pool.tokenUrl,
    ...changes,
  });

describe("the function that hands out an agent's tokens", () => {
  it("answers with a token of the agent's client, with all of its scopes, and keeps it", async () => {
    const lambda = await start();
    const first = await lambda.invoke({ client_id: "another", scope: "another" }, {});
    const second = await lambda.invoke({}, {});
    await lambda.stop();
    const { access_token: token, ...rest } = first as { access_token: string };
    expect(rest).toEqual({ expires_in: agent.tokenLifetimeSeconds, token_type: "Bearer" });
    expect(decodeJwt(token)).toMatchObject({
      client_id: agent.clientId,
      tenant_id: "acme-corp",
      scope: agent.scopes.join(" "),
    });
    expect(second).toMatchObject({ access_token: token });
  });

  it("gives an agent its token through the library by which it calls gateways", async () => {
    const lambda = await start();
    const tokens = functionTokens(() => lambda.invoke({}, {}));
    const token = await tokens.token();
    await lambda.stop();
    expect(await tokens.token()).toBe(token);
    expect(decodeJwt(token ?? "")).toMatchObject({ client_id: agent.clientId });
  });

  it("fails without a word of the secret, and knows a new one at once", async () => {
    const right = secret.text;
    secret.text = kept("wrong secret");
    const lambda = await start();
    await expect(lambda.invoke({}, {})).rejects.toThrow(/^(?!.*wrong secret).*the token endpoint answered 400/s);
    secret.text = "not JSON: wrong secret";
    await expect(lambda.invoke({}, {})).rejects.toThrow(/^(?!.*wrong secret).*must be a JSON object/s);
    secret.text = right;
    expect(await lambda.invoke({}, {})).toHaveProperty("access_token");
    await lambda.stop();
  });

  it("follows no redirect, which could lead the secret elsewhere", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const credentials = { clientId: agent.clientId, clientSecret: () => Promise.resolve("secret"), tokenUrl };
    await expect(clientCredentialsToken(credentials)).rejects.toThrow();
    await closed(server);
    expect(asked).toEqual(["/token"]);
  });

  it.each(["CLIENT_ID", "CLIENT_SECRET_ARN", "TOKEN_URL"])("does not start without %s", async (name) => {
    await expect(start({ [name]: "" })).rejects.toThrow(name);
    expect(AgentTokenConfig.safeParse({}).error?.issues).toHaveLength(3);
  });
});
