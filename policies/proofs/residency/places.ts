import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import { parseArn } from "../../facts/arn.ts";
import { staysInGeography } from "../../facts/geography.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { settingsOf } from "../../facts/workloads.ts";
import { concerns, resourcesIn } from "../isolation/documents.ts";
import { arnIndex } from "../isolation/arn-index.ts";
import type { Principals } from "../isolation/principals.ts";
import { arnsIn, NO_REFERENCE, textsIn } from "../isolation/references.ts";
import { regionOf } from "../isolation/tenants.ts";
import { isDeclared, keepIn, type Resident, residentOf } from "./residents.ts";

/** The name of an AWS region in a text. */
const REGION =
  /\b(?:us|eu|ap|sa|ca|me|af|il|mx)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d\b/g;

/** The beginning of the id of an inference profile: its geography, then the provider of the model. */
const PROFILE = /(?:^|[/"'\s])((?:global|us|us-gov|eu|apac|jp|au|ca)\.[a-z0-9-]+\.[a-z0-9.:-]+)/;

const REFERENCE = "pulumi:pulumi:StackReference";
const EXPORTER = /^OTEL_EXPORTER_(?:OTLP|ZIPKIN|JAEGER)\w*_ENDPOINT$/;
const INSIDE = /^(?:localhost|127\.|10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|[^.]+$)|\.(?:local|internal|svc)$/;

/** Finds the places outside the residency that the resources of a stack are in, or name in their inputs: replicas, destinations, endpoints, models. */
export function findPlaces(platform: Platform, record: Recorder): void {
  for (const stack of platform.stacks) {
    const resident = residentOf(stack);
    if (resident === undefined) continue;
    for (const resource of stack.resources) {
      const at = { resource, stack };
      record.count("resources of tenants and regions");
      if (resource.type === REFERENCE) continue; // it reads from there, and is judged by who reads
      const own = isPlaced(at) ? ownPlace(at, resident, record) : undefined;
      for (const [key, value] of Object.entries(resource.resource.inputs))
        if (!NO_REFERENCE.test(key) && key !== "code")
          for (const [path, text] of textsIn(value, key))
            namedPlaces({ at, resident, own, path, text }, platform, record);
    }
  }
}

/** Finds exporters of telemetry and models outside the residency in the settings of workloads. */
export function findSettings(platform: Platform, record: Recorder): void {
  for (const at of platform.ofType(TYPE.runtime, TYPE.deployment, TYPE.statefulSet, TYPE.daemonSet, TYPE.function)) {
    const resident = residentOf(at.stack);
    if (resident === undefined) continue;
    record.guarded(at, () => {
      for (const { name, read } of settingsOf(at.resource)) {
        const text = read() ?? "";
        if (EXPORTER.test(name)) exporter(at, resident, { name, text }, record);
        const profile = PROFILE.exec(text)?.[1];
        if (profile !== undefined) model(at, resident, profile, record);
      }
    });
  }
}

/** Finds grants on inference profiles of another geography. */
export function findModels(principals: Principals, record: Recorder): void {
  for (const { grants } of principals.all)
    for (const { holder, statement } of grants) {
      const resident = residentOf(holder.stack);
      if (resident === undefined || !concerns(statement, ["bedrock"])) continue;
      for (const it of resourcesIn(statement)) {
        const profile = /:inference-profile\/(.*)$/.exec(it)?.[1];
        if (profile !== undefined) model(holder, resident, profile, record);
      }
    }
}

/** Finds stacks outside the residency that read the outputs of a tenant's stack. */
export function findReaders(platform: Platform, record: Recorder): void {
  for (const at of platform.ofType(REFERENCE)) {
    const name = at.resource.text("name")?.split("/").at(-1) ?? at.resource.name;
    const read = platform.stacks.find((it) => it.name === name);
    const resident = read === undefined || name.split(".").length < 3 ? undefined : residentOf(read);
    if (resident === undefined) continue;
    record.count("stacks that read from a tenant's");
    keepIn(resident, at, regionOf(at.stack), record, [`${at.stack.name} reads the outputs of ${name}.`]);
  }
}

function isPlaced({ resource }: Placed): boolean {
  return resource.type.startsWith("aws:") && resource.resource.custom;
}

function ownPlace(at: Placed, resident: Resident, record: Recorder): string | undefined {
  const regions: (string | undefined)[] = [];
  record.guarded(at, () => {
    regions.push(at.resource.region);
    keepIn(resident, at, regions[0], record, [isDeclared(at)]);
  });
  return regions[0];
}

interface Named {
  readonly at: Placed;
  readonly resident: Resident;
  /** The region that the resource itself is in. */
  readonly own: string | undefined;
  readonly path: string;
  readonly text: string;
}

function namedPlaces({ at, resident, own, path, text }: Named, platform: Platform, record: Recorder): void {
  const places = new Set(text.match(REGION));
  for (const place of places) {
    record.count("places that inputs name");
    if (place === own) continue; // told by where it is
    keepIn(resident, at, place, record, [isDeclared(at), `Its input ${path} names ${place}.`]);
  }
  for (const arn of arnsIn(text)) {
    if (parseArn(arn)?.service !== "s3" || arnIndex(platform).named(arn).length > 0) continue;
    record.count("places that inputs name");
    keepIn(resident, at, undefined, record, [
      isDeclared(at),
      `Its input ${path} names the bucket ${arn}, which no stack declares.`,
    ]);
  }
}

function exporter(
  at: Placed,
  resident: Resident,
  { name, text }: { name: string; text: string },
  record: Recorder,
): void {
  record.count("exporters of telemetry");
  const host = URL.parse(text.includes("://") ? text : `http://${text}`)?.hostname ?? "";
  if (INSIDE.test(host) || new Set(host.match(REGION)).size > 0) return; // the place it names is told by the input
  keepIn(resident, at, undefined, record, [isDeclared(at), `${name} sends telemetry to ${host}.`]);
}

function model(at: Placed, resident: Resident, profile: string, record: Recorder): void {
  record.count("inference profiles");
  if (staysInGeography(profile, resident.residency)) return;
  keepIn(resident, at, undefined, record, [
    isDeclared(at),
    `It uses the inference profile ${profile}, which calls models outside the geography of the residency.`,
  ]);
}
