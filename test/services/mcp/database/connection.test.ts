import { X509Certificate } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { ZONE_IDS } from "../../../../environments/residency.ts";
import { DatabaseConfig, type DatabaseEnvironment } from "../../../../services/mcp/database/config.ts";
import { connectionOf } from "../../../../services/mcp/database/connection.ts";
import { newKeys, readKeys } from "../../../../services/mcp/database/tenancy/database-keys.ts";

const HOST: Omit<DatabaseEnvironment, "DATABASE_AUTH"> = {
  TENANT_ID: "acme-corp",
  SERVER_VERSION: "3.0.0",
  CONTEXT_ISSUER: "interceptor",
  CONTEXT_PUBLIC_KEYS: "-----BEGIN PUBLIC KEY-----",
  ALLOWED_HOSTS: "localhost",
  DATABASE_HOST: "cluster.example.com",
  DATABASE_NAME: "business",
};
const IAM = { ...HOST, DATABASE_AUTH: "iam", AWS_REGION: "eu-west-1", DATABASE_SECRET: "keys" } as const;

describe("a connection by IAM", () => {
  const connection = connectionOf(DatabaseConfig.parse(IAM));
  const { ca } = connection.ssl as { readonly ca: string };

  it("is over TLS, to a server whose certificate is checked by none but Amazon's own authorities", () => {
    expect(connection).toMatchObject({
      host: "cluster.example.com",
      port: 5432,
      user: "mcp_database",
      ssl: { ca, minVersion: "TLSv1.2" },
    });
    expect(connection.ssl).not.toHaveProperty("rejectUnauthorized");
  });

  it("trusts the authority of each region that the platform knows, for years to come", () => {
    const certificates = ca.split(/(?=^# )/m).map((it) => new X509Certificate(it.slice(it.indexOf("-----"))));
    const names = certificates.map(({ subject }) => /CN=Amazon RDS (\S+) Root CA RSA2048 G1/.exec(subject)?.[1]);
    expect(names.sort()).toEqual(Object.keys(ZONE_IDS).sort());
    expect(certificates.filter((it) => !it.ca || !it.verify(it.publicKey))).toEqual([]);
    expect(certificates.filter(({ validTo }) => new Date(validTo).getUTCFullYear() < 2061)).toEqual([]);
  });

  it("takes a new token for each, which is for this user at this host and no longer than a quarter of an hour", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").stubEnv("AWS_SECRET_ACCESS_KEY", "none");
    const token = await (connection.password as () => Promise<string>)();
    vi.unstubAllEnvs();
    const url = new URL(`https://${token}`);
    expect(url.host).toBe("cluster.example.com:5432");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: "connect",
      DBUser: "mcp_database",
      "X-Amz-Expires": "900",
    });
    expect(url.searchParams.get("X-Amz-Credential")).toMatch(/\/eu-west-1\/rds-db\/aws4_request$/);
  });
});

describe("the configuration of the database server", () => {
  it.each<[string, object, string[]]>([
    ["an unknown way to log in", { ...HOST, DATABASE_AUTH: "password" }, ["DATABASE_AUTH"]],
    ["no secret and no region", { ...HOST, DATABASE_AUTH: "iam" }, ["AWS_REGION", "DATABASE_SECRET"]],
    [
      "a host name where a socket must be",
      { ...HOST, DATABASE_AUTH: "socket", DATABASE_SECRET_FILE: "keys.json" },
      ["DATABASE_HOST"],
    ],
    ["faults of both halves at once", { ...IAM, TENANT_ID: "", DATABASE_SECRET: "" }, ["TENANT_ID", "DATABASE_SECRET"]],
  ])("is refused with %s", (_, environment, faults) => {
    const { error } = DatabaseConfig.safeParse(environment);
    expect(error?.issues.map((it) => it.path.join("."))).toEqual(faults);
  });
});

describe("the keys of the database server", () => {
  it("are two of 32 bytes, new each time", () => {
    const [one, other] = [readKeys(newKeys()), readKeys(newKeys())];
    expect([one.sealKey, one.cursorKey].map(({ length }) => length)).toEqual([32, 32]);
    expect(one.sealKey).not.toEqual(other.sealKey);
  });

  it.each(["", "null", "{}", '{"sealKey":"AAAA","cursorKey":"%"}'])("are not in %j", (text) => {
    expect(() => readKeys(text)).toThrow(/^the secret of the database holds no keys: /);
  });
});
