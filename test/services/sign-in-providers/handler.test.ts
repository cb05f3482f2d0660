import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LambdaProcess } from "../../support/lambda-process.ts";
import { closed } from "../../support/table-server.ts";

const HANDLER = fileURLToPath(new URL("../../../services/sign-in-providers/handler.ts", import.meta.url));
const ARN = "arn:aws:secretsmanager:sa-east-1:111122223333:secret:";
const SECRET = "value-of-nobody-else";

interface Call {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Secrets by ARN, and the providers that the pool knows. */
const secrets = new Map<string, string>();
const known = new Set<string>();
let calls: Call[];
let refused: string | undefined;
let server: ReturnType<typeof createServer>;
let writer: LambdaProcess | undefined;

const answer = ({ operation, body }: Call): readonly [number, object] => {
  const fault = (name: string): readonly [number, object] => [400, { __type: name, message: JSON.stringify(body) }];
  if (operation === "GetSecretValue") {
    const SecretString = secrets.get(String(body["SecretId"]));
    return SecretString === undefined ? fault("ResourceNotFoundException") : [200, { SecretString }];
  }
  if (refused !== undefined) return fault(refused);
  const name = String(body["ProviderName"]);
  if (operation === "CreateIdentityProvider" && known.has(name)) return fault("DuplicateProviderException");
  known.add(name);
  return [200, { IdentityProvider: {} }];
};

beforeEach(async () => {
  [calls, refused, writer] = [[], undefined, undefined];
  secrets.clear();
  known.clear();
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const call = { operation, body: JSON.parse(body) as Call["body"] };
      calls.push(call);
      const [status, answered] = answer(call);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await writer?.stop();
  await closed(server);
});

const start = async (providers: object): Promise<LambdaProcess> => {
  writer = await LambdaProcess.start(HANDLER, {
    AWS_REGION: "sa-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_MAX_ATTEMPTS: "1",
    USER_POOL_ID: "sa-east-1_abcdefghi",
    PROVIDERS: JSON.stringify(providers),
  });
  return writer;
};
const google = { type: "Google", clientId: "shop.apps.googleusercontent.com", secretArn: `${ARN}google` };
const written = (): readonly Call[] => calls.filter(({ operation }) => operation !== "GetSecretValue");

describe("the providers by which consumers sign in", () => {
  it("are written to the pool with the value of their secrets, and claim nothing but who somebody is", async () => {
    secrets.set(`${ARN}google`, JSON.stringify({ clientSecret: SECRET }));
    secrets.set(`${ARN}apple`, JSON.stringify({ privateKey: SECRET }));
    secrets.set(`${ARN}facebook`, JSON.stringify({ clientSecret: SECRET }));
    secrets.set(`${ARN}club`, JSON.stringify({ clientSecret: SECRET }));
    const apple = { type: "SignInWithApple", clientId: "com.example.web", teamId: "ABCDEFGHIJ", keyId: "KLMNOPQRST" };
    const lambda = await start({
      Google: google,
      SignInWithApple: { ...apple, secretArn: `${ARN}apple` },
      Facebook: { type: "Facebook", clientId: "1234567890", secretArn: `${ARN}facebook` },
      Club: { type: "OIDC", clientId: "shop", issuer: "https://id.club.example.com", secretArn: `${ARN}club` },
    });
    expect(await lambda.invoke({}, {})).toEqual({ written: ["Google", "SignInWithApple", "Facebook", "Club"] });
    expect(written().map(({ operation }) => operation)).toEqual(Array(4).fill("CreateIdentityProvider"));
    const of = (name: string): Call["body"] => written().find(({ body }) => body["ProviderName"] === name)!.body;
    expect(of("Google")).toEqual({
      UserPoolId: "sa-east-1_abcdefghi",
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: { client_id: google.clientId, client_secret: SECRET, authorize_scopes: "openid" },
      AttributeMapping: { username: "sub" },
    });
    expect(of("SignInWithApple")["ProviderDetails"]).toMatchObject({ team_id: "ABCDEFGHIJ", private_key: SECRET });
    expect(of("Club")["ProviderDetails"]).toMatchObject({ oidc_issuer: "https://id.club.example.com" });
    expect(written().map(({ body }) => body["AttributeMapping"])).toEqual(
      expect.arrayContaining([{ username: "sub" }, { username: "id" }]),
    );
    for (const { body } of written()) expect(Object.keys(body["AttributeMapping"] as object)).toEqual(["username"]);
  });

  it("are changed where the pool knows them, so that a new value of a secret is taken", async () => {
    secrets.set(`${ARN}google`, JSON.stringify({ clientSecret: "first" }));
    const lambda = await start({ Google: google });
    await lambda.invoke({}, {});
    secrets.set(`${ARN}google`, JSON.stringify({ clientSecret: SECRET }));
    await lambda.invoke({}, {});
    const last = written().at(-1)!;
    expect(last.operation).toBe("UpdateIdentityProvider");
    expect(last.body["ProviderDetails"]).toMatchObject({ client_secret: SECRET });
    expect(last.body["AttributeMapping"]).toEqual({ username: "sub" });
  });

  it.each([
    ["has no value", undefined],
    ["is no JSON", SECRET],
    ["is of another kind", JSON.stringify({ privateKey: SECRET })],
  ])("are not offered while a secret %s, which is said without the value", async (_, value) => {
    if (value !== undefined) secrets.set(`${ARN}google`, value);
    const lambda = await start({ Google: google });
    const failure = await lambda.invoke({}, {}).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(failure).toContain("Google: the secret must be a JSON object with clientSecret");
    expect(failure).not.toContain(SECRET);
    expect(written()).toEqual([]);
  });

  it("are not offered where the pool refuses them, of which no more is said than how it is called", async () => {
    secrets.set(`${ARN}google`, JSON.stringify({ clientSecret: SECRET }));
    refused = "InvalidParameterException";
    const lambda = await start({ Google: google });
    const failure = await lambda.invoke({}, {}).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(failure).toContain("Google: InvalidParameterException");
    expect(failure).not.toContain(SECRET);
  });

  it.each([
    ["a provider without a secret's name", { Google: { type: "Google", clientId: "shop" } }],
    ["a secret itself", { Google: { ...google, clientSecret: SECRET } }],
    ["an issuer without TLS", { Club: { ...google, type: "OIDC", issuer: "http://id.example.com" } }],
    ["claims of its own", { Google: { ...google, attributeMapping: { "custom:tenant_id": "hd" } } }],
  ])("cannot be %s", async (_, providers) => {
    await expect(start(providers)).rejects.toThrow();
  });
});
