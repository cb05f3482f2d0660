import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretStore } from "../../../services/database-setup/secret-store.ts";

/** Secrets Manager's own protocol, over secrets in memory: a secret may exist without a value, or not at all. */
function secretsManager(secrets: Map<string, string | undefined>): Server {
  return createServer((request, response) => {
    void (async () => {
      const { SecretId, SecretString } = JSON.parse(await text(request)) as { SecretId: string; SecretString?: string };
      const operation = String(request.headers["x-amz-target"]).split(".")[1];
      if (operation === "PutSecretValue" && secrets.has(SecretId)) secrets.set(SecretId, SecretString);
      const value = secrets.get(SecretId);
      response.statusCode = SecretId === "forbidden" ? 400 : value === undefined ? 400 : 200;
      const __type = SecretId === "forbidden" ? "AccessDeniedException" : "ResourceNotFoundException";
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.end(JSON.stringify(response.statusCode === 200 ? { SecretString: value } : { __type, Message: __type }));
    })();
  });
}

describe("a secret of Secrets Manager", () => {
  const server = secretsManager(new Map([["empty", undefined]]));
  let client: SecretsManagerClient;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    client = new SecretsManagerClient({
      region: "eu-west-1",
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "none" },
      maxAttempts: 1,
    });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  it("has no text until one is written", async () => {
    const secret = secretStore(client, "empty");
    expect(await secret.read()).toBeUndefined();
    await secret.write("keys");
    expect(await secret.read()).toBe("keys");
  });

  it("that does not exist cannot be written", async () => {
    await expect(secretStore(client, "unknown").write("keys")).rejects.toThrow("ResourceNotFoundException");
  });

  it("that may not be read is not taken for one without text", async () => {
    await expect(secretStore(client, "forbidden").read()).rejects.toThrow("AccessDeniedException");
  });
});
