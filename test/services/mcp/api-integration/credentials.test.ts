import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { folderCredentials } from "../../../../services/mcp/api-integration/http/credentials.ts";
import { secretsManagerCredentials } from "../../../../services/mcp/api-integration/http/aws-secrets.ts";
import { jsonAnswer, type ScriptedBackend, scriptedBackend } from "./scripted-backend.ts";

const unavailable = {
  code: "ERR_CREDENTIAL_UNAVAILABLE",
  clientMessage: "the credential for the backend cannot be read",
};

describe("AWS Secrets Manager", () => {
  let server: ScriptedBackend;
  let client: SecretsManagerClient;
  beforeAll(async () => {
    server = await scriptedBackend();
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
    client = new SecretsManagerClient({ endpoint: server.url, region: "eu-west-1", credentials, maxAttempts: 1 });
  });
  beforeEach(() => void (server.seen.length = 0));
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  test("is asked once for a secret, by its name, until it is forgotten", async () => {
    server.answer = jsonAnswer({ SecretString: "t0ken-t0ken" });
    const credentials = secretsManagerCredentials(client);
    const read = () => credentials.read("orders-token");
    expect(await Promise.all([read(), read()])).toEqual(["t0ken-t0ken", "t0ken-t0ken"]);
    expect(server.seen).toMatchObject([
      { headers: { "x-amz-target": "secretsmanager.GetSecretValue" }, body: '{"SecretId":"orders-token"}' },
    ]);
    credentials.forget("orders-token");
    server.answer = jsonAnswer({ SecretString: "rotated-t0ken" });
    expect(await read()).toBe("rotated-t0ken");
  });

  test("that refuses is asked again, and the caller is not told the name", async () => {
    const credentials = secretsManagerCredentials(client);
    server.answer = jsonAnswer({ __type: "AccessDeniedException", message: "orders-token" }, 400);
    await expect(credentials.read("orders-token")).rejects.toMatchObject(unavailable);
    server.answer = jsonAnswer({ SecretBinary: "AA==" });
    await expect(credentials.read("orders-token")).rejects.toMatchObject(unavailable);
    server.answer = jsonAnswer({ SecretString: "t0ken-t0ken" });
    expect(await credentials.read("orders-token")).toBe("t0ken-t0ken");
  });
});

describe("a folder of secrets", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "secrets-"));
    await writeFile(path.join(folder, "orders-token"), "t0ken-t0ken");
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("has a file for each", async () =>
    expect(await folderCredentials(folder).read("orders-token")).toBe("t0ken-t0ken"));

  test.each(["no", "..", "../../etc/passwd", "/etc/passwd"])("does not lead to %s", (name) =>
    expect(folderCredentials(folder).read(name)).rejects.toMatchObject(unavailable),
  );
});
