import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import { parseArn } from "../../facts/arn.ts";
import { type Reference, references } from "../isolation/references.ts";
import { type Thing, tenantThings, thingsByUrn } from "../isolation/things.ts";
import { ownerOf } from "../isolation/tenants.ts";
import { isDeclared, keepIn, type Resident, residentOf } from "./residents.ts";

/** Services whose resources hold data, so that what names them may hold the same data. */
const SERVICES_WITH_DATA: readonly string[] = [
  ...["backup", "dynamodb", "elasticache", "elasticfilesystem", "es", "firehose", "kinesis", "kms", "logs"],
  ...["rds", "redshift", "s3", "secretsmanager", "sns", "sqs"],
];

/** Something that holds data of a tenant, and how the data came there. */
interface Held {
  readonly at: Placed;
  readonly resident: Resident;
  readonly steps: readonly string[];
}

/** Follows the data of each tenant from its stores to whatever names them, in whichever stack, and on from there. */
export function followCopies(platform: Platform, record: Recorder): void {
  const namers = namersOf(platform);
  const seen = new Set<string>();
  let next: readonly Held[] = tenantThings(platform).flatMap((it) => {
    const resident = residentOf(it.stack);
    return resident === undefined || !isKeeper(it) ? [] : [{ at: it, resident, steps: [isDeclared(it)] }];
  });
  record.count("stores of tenants", next.length);
  record.count("flows to what another stack declares", 0);
  while (next.length > 0) {
    next = next.flatMap((held) => {
      const key = `${held.at.resource.urn} ${held.resident.whose}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return beyond(held, platform, namers).filter((it) => goesOn(it, record));
    });
  }
}

/** What names the holder, and what the holder names: the next holders of the data. */
function beyond(held: Held, platform: Platform, namers: ReadonlyMap<string, readonly Reference[]>): readonly Held[] {
  const { at, resident, steps } = held;
  const incoming = (namers.get(at.resource.urn) ?? []).map(({ from, path }) => ({
    at: from,
    resident,
    steps: [...steps, `"${from.resource.name}" names it by ${path}: ${isDeclared(from)}`],
  }));
  const outgoing = (references(platform).get(at.resource.urn) ?? []).map(({ path, thing }) => ({
    at: thing,
    resident,
    steps: [...steps, `"${at.resource.name}" names "${thing.resource.name}" by ${path}: ${isDeclared(thing)}`],
  }));
  return [...incoming, ...outgoing].filter(
    (it) => ownerOf(it.at.stack) !== ownerOf(at.stack) || it.at.stack !== at.stack,
  );
}

/** Whether data is followed further: what is outside is told once, and IAM is in no region. */
function goesOn({ at, resident, steps }: Held, record: Recorder): boolean {
  if (at.resource.type.startsWith("aws:iam/") || !at.resource.type.startsWith("aws:")) return false;
  record.count("flows to what another stack declares");
  const kept: boolean[] = [];
  record.guarded(at, () => {
    kept.push(keepIn(resident, at, at.resource.region, record, steps));
  });
  return kept.includes(true) && isKeeperType(at);
}

function isKeeperType({ resource }: Placed): boolean {
  return SERVICES_WITH_DATA.some((it) => resource.type.startsWith(`aws:${SDK_NAMES[it] ?? it}/`));
}

/** What the SDK calls a service otherwise than ARNs do. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  elasticfilesystem: "efs",
  es: "opensearch",
  firehose: "kinesis",
  logs: "cloudwatch",
};

function isKeeper({ arns }: Thing): boolean {
  const service = parseArn(arns[0] ?? "")?.service ?? "";
  return SERVICES_WITH_DATA.includes(service);
}

/** The references to each thing, by its URN. */
function namersOf(platform: Platform): ReadonlyMap<string, readonly Reference[]> {
  const all = [...references(platform).values()].flat();
  return Map.groupBy(
    all.filter((it) => thingsByUrn(platform).has(it.thing.resource.urn)),
    (it) => it.thing.resource.urn,
  );
}
