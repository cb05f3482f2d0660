import { isRecord, parsedJson } from "../../contracts/json.ts";
import { expansionFault, externalReferences } from "../../contracts/openapi/references.ts";
import { shown } from "../wording.ts";
import type { OwnApi } from "./own-api.ts";

/** What a stack's state and a server's start can bear, in bytes. */
export const LARGEST_DOCUMENT = 256 * 1024;
const DEEPEST = 100;

const METHODS = ["get", "head", "options", "put", "delete", "post", "patch"];
const READS = ["get", "head", "options"];

/** Why an OpenAPI document cannot be that of an API whose base address is `baseUrl`; the server that reads it checks the rest of it. */
export function documentFaults(
  text: string,
  { baseUrl, operations }: Pick<OwnApi, "operations"> & { readonly baseUrl: string },
): readonly string[] {
  const size = Buffer.byteLength(text);
  if (size > LARGEST_DOCUMENT) return [`has ${size} bytes; ${LARGEST_DOCUMENT} at most`];
  const document = parsedJson(text);
  if (!isRecord(document)) return ["must be a JSON object"];
  if (isDeeperThan(document, DEEPEST)) return [`is nested more than ${DEEPEST} deep`];
  const { openapi } = document;
  if (typeof openapi !== "string" || !/^3\.[01]\.\d+$/.test(openapi))
    return [`openapi: ${shown(openapi)} must be 3.0 or 3.1`];
  const external = externalReferences(document);
  if (external.length > 0) return external.map((it) => `$ref ${shown(it)} must stay inside the document`);
  const expansion = expansionFault(document);
  if (expansion !== undefined) return [expansion];
  return [...serverFaults(document["servers"], baseUrl), ...operationFaults(document["paths"], operations)];
}

/** Walks without recursion: what is too deep must not end the process. */
function isDeeperThan(value: object, most: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= most; depth++) {
    level = level.flatMap((it) => membersOf(it));
    if (level.length === 0) return false;
  }
  return true;
}

function membersOf(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/** A document that names another server would say one thing, and its calls do another. */
function serverFaults(servers: unknown, baseUrl: string): readonly string[] {
  const urls = Array.isArray(servers) ? servers.map((it: unknown) => (isRecord(it) ? it["url"] : it)) : [];
  if (urls.length === 0) return [`servers must name ${shown(baseUrl)}`];
  return urls.filter((it) => it !== baseUrl).map((it) => `servers: ${shown(it)} must be ${shown(baseUrl)}`);
}

function operationFaults(paths: unknown, operations: OwnApi["operations"]): readonly string[] {
  const found = isRecord(paths) ? Object.values(paths).flatMap(methodsIn) : [];
  return Object.entries(operations).flatMap(([id, { does }]): readonly string[] => {
    const [method, ...others] = found.filter((it) => it.id === id).map((it) => it.method);
    if (method === undefined) return [`has no operation ${shown(id)}`];
    if (others.length > 0) return [`has ${others.length + 1} operations ${shown(id)}`];
    const really = READS.includes(method) ? "read" : "write";
    return really === does ? [] : [`${shown(id)} is ${method.toUpperCase()}: it must be said to ${really}`];
  });
}

function methodsIn(item: unknown): readonly { readonly method: string; readonly id: unknown }[] {
  if (!isRecord(item)) return [];
  return METHODS.flatMap((method) => {
    const operation = item[method];
    return isRecord(operation) ? [{ method, id: operation["operationId"] }] : [];
  });
}
