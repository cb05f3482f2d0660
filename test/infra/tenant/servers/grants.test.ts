import { describe, expect, it } from "vitest";
import type { NamedGrant } from "../../../../contracts/server-needs.ts";
import { granted, type GrantUpstream } from "../../../../infra/tenant/servers/grants.ts";
import { PLACE } from "../../../components/planned.ts";

const OPERATIONS = {
  logGroups: { servers: "/servers" },
  gatewayArns: { b2b: "arn:gateway" },
  runtimeIds: { "database-v3": "database-1" },
};

/** Grants are made of stores when a role is there; until then nothing of them is read but the database's group. */
const upstream = (awsCalls: readonly string[]): GrantUpstream => ({
  place: PLACE,
  stores: { database: { clientGroupId: "sg-client" } } as unknown as GrantUpstream["stores"],
  operations: OPERATIONS,
  awsCalls,
});

const of = (grants: readonly NamedGrant[], awsCalls: readonly string[]) => granted("notes", grants, upstream(awsCalls));

describe("the grants of a server", () => {
  it("are none for a server that asks for none and calls nothing", () => {
    expect(of([], [])).toEqual({ grants: [] });
  });

  it.each<[NamedGrant, string]>([
    [{ name: "database-connect", user: "mcp_notes" }, "rds-db:connect"],
    [{ name: "api-credentials" }, "secretsmanager:GetSecretValue"],
    [{ name: "bucket-objects", prefix: "notes/" }, "s3:GetObject"],
    [{ name: "bucket-objects", prefix: "notes/" }, "kms:Decrypt"],
    [{ name: "operations" }, "logs:FilterLogEvents"],
  ])("%j permits %s, which nothing permits without it", (grant, call) => {
    expect(() => of([], [call])).toThrow(
      `nothing permits "notes" to call ${call}: name a grant in services/mcp/notes/needs.ts`,
    );
    expect(() => of([grant], [call])).not.toThrow();
  });

  it.each<[NamedGrant, string]>([
    [{ name: "database-keys" }, "secretsmanager:GetSecretValue"],
    [{ name: "api-documents" }, "s3:GetObject"],
    [{ name: "bucket-objects", prefix: "notes/" }, "dynamodb:GetItem"],
    [{ name: "operations" }, "bedrock-agentcore:DeleteGateway"],
    [{ name: "operations" }, "logs:PutLogEvents"],
  ])("%j does not permit %s", (grant, call) => {
    expect(() => of([grant], [call])).toThrow(call);
  });

  it("put whoever connects to the database into its clients' group", () => {
    const { groupIds, grants } = of([{ name: "database-keys" }, { name: "database-connect", user: "mcp_notes" }], []);
    expect(groupIds).toEqual(["sg-client"]);
    expect(grants).toHaveLength(2);
  });
});
