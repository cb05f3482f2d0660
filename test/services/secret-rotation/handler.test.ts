import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientCredentialsToken } from "../../../services/agent-token/client-credentials.ts";
import { readClientSecret } from "../../../services/libraries/service-kit/client-secret.ts";
import { RotationConfig } from "../../../services/secret-rotation/config.ts";
import { LambdaProcess } from "../../support/lambda-process.ts";
import { type AwsServer, awsServer } from "./aws-server.ts";

const HANDLER = fileURLToPath(new URL("../../../services/secret-rotation/handler.ts", import.meta.url));
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

let aws: AwsServer;
let rotation: LambdaProcess;

const variables = (): Record<string, string> => ({
  USER_POOL_ID: aws.poolId,
  TOKEN_URL: `${aws.url}/oauth2/token`,
  CLIENTS: JSON.stringify({ [aws.arn]: aws.clientId }),
});
const start = (changes: Readonly<Record<string, string>> = {}): Promise<LambdaProcess> =>
  LambdaProcess.start(HANDLER, {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: aws.url,
    AWS_MAX_ATTEMPTS: "1",
    ...variables(),
    ...changes,
  });

beforeEach(async () => {
  aws = await awsServer();
  rotation = await start();
});
afterEach(async () => {
  await rotation.stop();
  await aws.close();
});

const step = (name: string, ClientRequestToken: string, SecretId = aws.arn): Promise<unknown> =>
  rotation.invoke({ Step: name, SecretId, ClientRequestToken }, {});
const rotate = async (id = aws.announce()): Promise<string> => {
  for (const it of STEPS) await step(it, id);
  return id;
};
const textAt = (stage: string): string =>
  [...aws.versions.values()].find(({ stages }) => stages.includes(stage))?.text ?? "";
const tokenWith = (text: string): Promise<unknown> => {
  const { clientSecret } = readClientSecret(text);
  const tokenUrl = `${aws.url}/oauth2/token`;
  return clientCredentialsToken({
    clientId: aws.clientId,
    clientSecret: () => Promise.resolve(clientSecret),
    tokenUrl,
  });
};

describe("the first value of a client's secret", () => {
  it("is one that the deployment has never seen, and what the client was created with is no longer valid", async () => {
    expect(await rotation.invoke({}, {})).toEqual({ written: [aws.arn] });
    expect(await tokenWith(textAt("AWSCURRENT"))).toHaveProperty("access_token");
    expect(aws.clientSecrets.map(({ value }) => value)).toEqual([readClientSecret(textAt("AWSCURRENT")).clientSecret]);
    expect(JSON.stringify(await rotation.invoke({}, {}))).toBe('{"written":[]}');
  });

  it.each(["ListUserPoolClientSecrets", "AddUserPoolClientSecret", "PutSecretValue", "DeleteUserPoolClientSecret"])(
    "is written by a second attempt where the first one was lost at %s",
    async (operation) => {
      aws.lost.add(operation);
      await expect(rotation.invoke({}, {})).rejects.toThrow();
      await rotation.invoke({}, {});
      await rotate();
      expect(await tokenWith(textAt("AWSCURRENT"))).toHaveProperty("access_token");
      expect(aws.clientSecrets.map(({ value }) => value)).not.toContain("of the creation");
    },
  );
});

describe("a rotation", () => {
  it("changes the secret in four steps, each of which may be repeated, and leaves the one before it valid", async () => {
    await rotation.invoke({}, {});
    const first = textAt("AWSCURRENT");
    const id = aws.announce();
    for (const it of STEPS) {
      await step(it, id);
      await step(it, id);
    }
    expect(textAt("AWSCURRENT")).not.toBe(first);
    expect(textAt("AWSPREVIOUS")).toBe(first);
    expect(await tokenWith(textAt("AWSCURRENT"))).toHaveProperty("access_token");
    expect(await tokenWith(first)).toHaveProperty("access_token");
  });

  it("ends the secret before the last one, so that a client never has more than two", async () => {
    await rotation.invoke({}, {});
    const first = textAt("AWSCURRENT");
    await rotate();
    const second = textAt("AWSCURRENT");
    await rotate();
    await expect(tokenWith(first)).rejects.toThrow("400");
    expect(await tokenWith(second)).toHaveProperty("access_token");
    expect(aws.clientSecrets).toHaveLength(2);
  });

  it("never ends the current secret, however often a rotation is begun and given up", async () => {
    await rotation.invoke({}, {});
    const current = textAt("AWSCURRENT");
    for (let attempt = 0; attempt < 4; attempt += 1) {
      aws.lost.add(attempt % 2 === 0 ? "PutSecretValue" : "AddUserPoolClientSecret");
      await expect(step("createSecret", aws.announce())).rejects.toThrow();
      expect(await tokenWith(current)).toHaveProperty("access_token");
    }
    await rotate();
    expect(await tokenWith(textAt("AWSCURRENT"))).toHaveProperty("access_token");
    expect(await tokenWith(current)).toHaveProperty("access_token");
  });

  it("does not finish with a secret that gets no token", async () => {
    await rotation.invoke({}, {});
    const current = textAt("AWSCURRENT");
    const id = aws.announce();
    await step("createSecret", id);
    aws.clientSecrets.pop();
    await expect(step("setSecret", id)).rejects.toThrow("the client has no secret");
    await expect(step("testSecret", id)).rejects.toThrow("400");
    expect(textAt("AWSCURRENT")).toBe(current);
  });

  it.each([
    ["a version that was not announced", () => step("createSecret", "11111111-2222-3333-4444-555555555555")],
    ["a secret that is not of its clients", () => step("createSecret", aws.announce(), `${aws.arn}x`)],
    ["a step that does not exist", () => step("deleteSecret", aws.announce())],
  ])("refuses %s, and changes nothing", async (_, refused) => {
    await rotation.invoke({}, {});
    const before = [...aws.clientSecrets];
    await expect(refused()).rejects.toThrow();
    expect(aws.clientSecrets).toEqual(before);
  });

  it("fails no request for a token while it runs, be the secret read just now or before the rotation", async () => {
    await rotation.invoke({}, {});
    await rotate();
    let isRunning = true;
    let tokens = 0;
    const failures: unknown[] = [];
    const ask = async (): Promise<void> => {
      while (isRunning) {
        const text = textAt("AWSCURRENT");
        // Half of them hold what they have read until the next answer has come.
        if (tokens % 2 === 0) await tokenWith(textAt("AWSCURRENT")).catch((it: unknown) => failures.push(it));
        await tokenWith(text).catch((it: unknown) => failures.push(it));
        tokens += 1;
      }
    };
    const load = Promise.all(Array.from({ length: 8 }, ask));
    for (let round = 0; round < 10; round += 1) await rotate();
    isRunning = false;
    await load;
    expect(failures).toEqual([]);
    expect(tokens).toBeGreaterThan(100);
  });
});

it.each(["USER_POOL_ID", "TOKEN_URL", "CLIENTS"])("does not start without %s", async (name) => {
  await expect(start({ [name]: "" })).rejects.toThrow(name);
  expect(RotationConfig.safeParse({}).error?.issues).toHaveLength(3);
});
