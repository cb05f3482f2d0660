import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import serviceSpec from "@aws-cdk/aws-service-spec";
import { isPackageName, type PackageName } from "../packages.ts";
import type { ObjectSpec } from "../spec.ts";
import { narrowNested } from "./cloudformation-nested.ts";
import { cloudFormation } from "./cloudformation.ts";
import { StatedLimits } from "./limits.ts";
import { packageSpecs } from "./package-specs.ts";
import { Sdk } from "./sdk.ts";
import { shardFiles } from "./shards.ts";

// Usage: `main.ts aws=<folder> eks=<folder> …`. It runs in a process of its own, so that the memory of the parser is freed at its end.
const LIMITS = new StatedLimits(new URL("../limits/limits.jsonl", import.meta.url));
const sdks = new Map<PackageName, Sdk>();

for (const argument of process.argv.slice(2)) {
  const split = argument.indexOf("=");
  const name = argument.slice(0, split);
  if (!isPackageName(name)) throw new TypeError(`not a package of the catalogue: ${name}`);
  write(name, argument.slice(split + 1));
}

function write(name: PackageName, folder: string): void {
  const sdk = sdkOf(name);
  const db = name === "aws" ? serviceSpec.loadAwsServiceSpecSync() : undefined;
  const specs = packageSpecs(sdk, db === undefined ? (resource) => resource : cloudFormation(db));
  const nested = (ref: string) => limited(ref, db === undefined ? nestedOf(ref) : narrowNested(db, ref, nestedOf(ref)));
  const resources = specs.resources.map((it) => ({ ...it, inputs: LIMITS.of(it.token, it.inputs) }));
  const files = shardFiles(name, { ...specs, resources }, { nested, limits: (it) => LIMITS.named(it) });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  const { functions } = specs;
  const mapped = resources.filter((it) => it.cloudFormationType !== undefined).length;
  const also = mapped === 0 ? "" : `, ${mapped} matched with CloudFormation`;
  console.log(`@pulumi/${name}: ${resources.length} resource types, ${functions.length} functions${also}`);
}

function limited(ref: string, object: ObjectSpec): ObjectSpec {
  return { ...object, properties: LIMITS.of(ref, object.properties) };
}

function nestedOf(ref: string): ObjectSpec {
  const split = ref.indexOf(":");
  const owner = ref.slice(0, split);
  if (!isPackageName(owner)) throw new Error(`nested type of an unknown package: ${ref}`);
  return sdkOf(owner).nested(ref.slice(split + 1));
}

function sdkOf(name: PackageName): Sdk {
  const sdk = sdks.get(name) ?? new Sdk(name, sdkOf);
  sdks.set(name, sdk);
  return sdk;
}
