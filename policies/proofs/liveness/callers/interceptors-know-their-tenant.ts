import { isRecord } from "../../../../contracts/json.ts";
import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { AUTHORIZER } from "../../../facts/identity/issuers.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { roleOf } from "../../../facts/reach/host.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { interceptorsOf } from "../checks/interceptors.ts";
import { roleChecks } from "../checks/role-checks.ts";
import { variableOfFunction } from "../checks/token-functions.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const ITEM = "aws:dynamodb/tableItem:TableItem";
const WELL_KNOWN = "/.well-known/openid-configuration";

/** The interceptor checks a token again, looks its tenant up and certifies who calls; what it lacks refuses each call. */
export const interceptorsKnowTheirTenant = proof({
  premise: 5,
  id: "interceptors-know-their-tenant",
  severity: "high",
  description:
    "Every interceptor believes the issuer and the clients of its gateway, and reaches its tenant's directory and signing key.",
  remediation: "Give the function the gateway's own issuer and clients, and grant its role the table and `kms:Sign`.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const gateway of platform.ofType(TYPE.gateway))
      record.guarded(gateway, () => {
        for (const it of interceptorsOf(platform, gateway))
          if (variableOfFunction(it, "TENANT_TABLE") !== undefined)
            walk(record, "interceptors-know-their-tenant", it, checksOf(platform, it, gateway));
      });
  },
});

function checksOf(
  platform: Platform,
  it: Placed,
  { resource: gateway }: Placed,
): HopChecks<"interceptors-know-their-tenant"> {
  const { name } = it.resource;
  const variable = (key: string): string => variableOfFunction(it, key) ?? "";
  const table = () => findBy(platform, TYPE.table, "name", variable("TENANT_TABLE"));
  const role = () => roleOf(platform, it.resource.text("role"));
  const calls = (): readonly Call[] => callsOf(table(), variable("CONTEXT_KEY_ARN"));
  const believes = (path: string, key: string): boolean =>
    gateway.texts(`${AUTHORIZER}.${path}`).every((one) =>
      variable(key)
        .split(/[\s,]+/)
        .includes(one),
    );
  const must = (holds: boolean, what: string) => cutUnless(holds, it, `"${name}" must ${what}.`);
  return {
    table: () => must(table() !== undefined, "name a table that is declared"),
    entry: () =>
      must(
        table() === undefined || hasEntry(platform, variable("TENANT_TABLE")),
        "find the tenant's entry in its table",
      ),
    issuer: () =>
      must(
        gateway.text(`${AUTHORIZER}.discoveryUrl`) === `${variable("ISSUER")}${WELL_KNOWN}`,
        `believe the issuer of the gateway "${gateway.name}"`,
      ),
    callers: () =>
      must(
        believes("allowedClients", "CLIENTS") && believes("allowedAudiences", "AUDIENCE"),
        `believe each client and audience of the gateway "${gateway.name}"`,
      ),
    identity: () => roleChecks(platform, role(), calls).identity(),
    boundary: () => roleChecks(platform, role(), calls).boundary(),
  };
}

function hasEntry(platform: Platform, table: string): boolean {
  return platform
    .ofType(ITEM)
    .some(({ resource: it }) => it.text("tableName") === table && isDirectory(it.text("item") ?? ""));
}

/** Whether a text is an item, as DynamoDB writes it in JSON, whose key is that of the directory. */
function isDirectory(text: string): boolean {
  try {
    const item: unknown = JSON.parse(text);
    return isRecord(item) && isRecord(item["key"]) && item["key"]["S"] === "directory";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** What it does for each call: it reads the directory, counts, and certifies the key by which it signs. */
function callsOf(table: Placed | undefined, keyArn: string): readonly Call[] {
  const sign = {
    action: "kms:Sign",
    resource: keyArn,
    context: { "kms:messagetype": "RAW", "kms:signingalgorithm": "ECDSA_SHA_256" },
  };
  if (table === undefined) return [sign];
  const resource = outputOf(table.resource, "arn");
  const on = (action: string, key: string): Call => ({ action, resource, context: { "dynamodb:leadingkeys": key } });
  return [
    on("dynamodb:GetItem", "directory"),
    on("dynamodb:GetItem", "quota:x"),
    on("dynamodb:UpdateItem", "quota:x"),
    sign,
  ];
}
