import { createHash } from "node:crypto";
import {
  shardOf,
  type FunctionSpec,
  type Limits,
  type Manifest,
  type ObjectSpec,
  type PropertySpec,
  type ResourceSpec,
  type Shard,
  type TypeSpec,
} from "../spec.ts";
import type { PackageSpecs } from "./package-specs.ts";

/** Where a shard finds what its resources name. */
export interface Named {
  readonly nested: (ref: string) => ObjectSpec;
  readonly limits: (name: string) => Limits;
}

/** File names and texts of a package's part of the catalogue; the same input gives the same bytes. */
export function shardFiles(name: string, specs: PackageSpecs, { nested, limits }: Named): Map<string, string> {
  const shards = new Map<string, Shard>();
  const shard = (token: string) => {
    const file = shardOf(token);
    const found = shards.get(file) ?? { resources: {}, functions: {}, types: {}, limits: {} };
    shards.set(file, found);
    return found as { resources: Record<string, unknown>; functions: Record<string, unknown> };
  };
  for (const resource of specs.resources) shard(resource.token).resources[resource.token] = resource;
  for (const it of specs.functions) shard(it.token).functions[it.token] = it;
  const files = new Map<string, string>();
  for (const [file, it] of shards) {
    const types = reachable(it, nested);
    const objects = [
      ...Object.values(it.resources).map(({ inputs }) => inputs),
      ...Object.values(types).map((type) => type.properties),
    ];
    const named = [...new Set(objects.flatMap(limitsIn))].sort();
    const stated = Object.fromEntries(named.map((each) => [each, limits(each)]));
    files.set(file, JSON.stringify({ ...it, types, limits: stated } satisfies Shard));
  }
  const tokens = {
    resources: specs.resources.map(({ token }) => token).sort(),
    functions: specs.functions.map(({ token }) => token).sort(),
  };
  files.set("tokens.json", JSON.stringify(tokens));
  return files.set("manifest.json", JSON.stringify(manifestOf(name, files)));
}

function manifestOf(name: string, files: Map<string, string>): Manifest {
  const sums = [...files].map(([file, text]) => {
    const sha256 = createHash("sha256").update(text).digest("hex");
    return [file, { bytes: Buffer.byteLength(text), sha256 }] as const;
  });
  return { package: name, files: Object.fromEntries(sums) };
}

function reachable({ resources, functions }: Shard, nested: (ref: string) => ObjectSpec): Record<string, ObjectSpec> {
  const types: Record<string, ObjectSpec> = {};
  const waiting = [...Object.values(resources), ...Object.values(functions)].flatMap((it) => [
    ...refsOf(it.inputs),
    ...(isResource(it) ? Object.values(it.computed).flatMap(refsIn) : []),
  ]);
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (types[ref] !== undefined) continue;
    const object = nested(ref);
    types[ref] = object;
    waiting.push(...refsOf(object.properties));
  }
  return Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function limitsIn(properties: Readonly<Record<string, PropertySpec>>): string[] {
  return Object.values(properties).flatMap(({ limits }) => limits ?? []);
}

function isResource(it: ResourceSpec | FunctionSpec): it is ResourceSpec {
  return "computed" in it;
}

function refsOf(properties: Readonly<Record<string, PropertySpec>>): string[] {
  return Object.values(properties).flatMap(({ type }) => refsIn(type));
}

function refsIn(type: TypeSpec): string[] {
  if (typeof type === "string" || "values" in type) return [];
  if ("ref" in type) return [type.ref];
  if ("union" in type) return type.union.flatMap(refsIn);
  return refsIn("array" in type ? type.array : type.map);
}
