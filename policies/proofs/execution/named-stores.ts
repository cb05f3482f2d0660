import { isRecord } from "../../../contracts/json.ts";
import { oncePer } from "../../engine/once-per.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { Value } from "../../engine/value.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { settingsOf } from "../../facts/workloads.ts";

/** A store that a workload is told of, the key that it is under, and the service that keeps it, as actions begin. */
export interface NamedStore {
  readonly service: "dynamodb" | "secretsmanager";
  readonly arn: string;
  readonly keyArn: string | undefined;
}

/** The stores that the environment of a workload names, by ARN or by name; also inside JSON. */
export function storesNamedBy(platform: Platform, { resource }: Placed): readonly NamedStore[] {
  const texts = settingsOf(resource).flatMap(({ read }) => textsIn(read() ?? ""));
  return [...new Set(texts)].flatMap((it) => stores(platform).get(it) ?? []);
}

const stores = oncePer((platform: Platform): ReadonlyMap<string, NamedStore> => {
  const secrets = platform.ofType(TYPE.secret).flatMap(({ resource: it }) => {
    const arn = outputOf(it, "arn");
    const store: NamedStore = { service: "secretsmanager", arn, keyArn: it.text("kmsKeyId") };
    return [arn, it.text("name") ?? arn].map((name) => [name, store] as const);
  });
  const tables = platform.ofType(TYPE.table).map(({ resource: it }) => {
    const keyArn = it.text("serverSideEncryption.kmsKeyArn");
    return [it.text("name") ?? "", { service: "dynamodb", arn: outputOf(it, "arn"), keyArn } as const] as const;
  });
  const masters = platform.ofType(TYPE.database).flatMap(({ resource: it }) =>
    new Value(it.resource.outputs).list("masterUserSecrets").map((secret) => {
      const arn = secret.text("secretArn") ?? "";
      return [arn, { service: "secretsmanager", arn, keyArn: it.text("masterUserSecretKmsKeyId") } as const] as const;
    }),
  );
  return new Map([...secrets, ...tables, ...masters]);
});

/** The text itself, and each text and key in the JSON that it is. */
function textsIn(text: string): readonly string[] {
  if (!/^[[{]/.test(text)) return [text];
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return [text];
  }
}

function membersOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(membersOf);
  return isRecord(value) ? Object.entries(value).flatMap(([key, it]) => [key, ...membersOf(it)]) : [];
}
