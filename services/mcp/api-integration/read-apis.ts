import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { JsonFault, parseStrictJson } from "../../libraries/service-kit/strict-json.ts";
import type { Api, OfferedOperation, Operation } from "./api.ts";
import { ApiList, type ListedApi } from "./api-list.ts";
import { DescriptionError } from "./api-problem.ts";
import { graphQlOperations } from "./graphql/operations.ts";
import { openApiOperations } from "./openapi/operations.ts";
import { ownerFaults } from "./ownership/owner-faults.ts";
import { smithyOperations } from "./smithy/operations.ts";
import { soapOperations } from "./soap/operations.ts";

/** The APIs that are shipped as an example, beside the code or the bundle. */
export const EXAMPLES = fileURLToPath(new URL("examples", import.meta.url));

/** The list of the APIs in a folder. */
const LIST = "apis.json";

/** What AgentCore admits for a description, in bytes. */
const LONGEST_DOCUMENT = 10 * 1024 * 1024;
const DEEPEST_JSON = 200;

/** Has the texts of descriptions, by the names of their files; rejects with a `DescriptionError` where there is none. */
export type Descriptions = (api: string, file: string) => Promise<string>;

/** Reads `apis.json` and the descriptions beside it; needs no network. Throws a `DescriptionError` with every fault of an API. */
export async function readApis(folder: string): Promise<readonly Api[]> {
  const read: Descriptions = (api, file) => readText(api, folder, file);
  const { data, error } = ApiList.safeParse(await readJson(LIST, read, LIST));
  if (error !== undefined) throw new DescriptionError(LIST, [z.prettifyError(error)]);
  return readListed(data.apis, read);
}

/** Makes APIs of their entries in a list. Throws a `DescriptionError` with every fault of an API, and for two of one name. */
export async function readListed(listed: readonly ListedApi[], read: Descriptions): Promise<readonly Api[]> {
  const apis = await Promise.all(listed.map((it) => readApi(it, read)));
  const names = apis.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new DescriptionError(LIST, ["two APIs have the same name"]);
  return apis;
}

async function readApi(listed: ListedApi, read: Descriptions): Promise<Api> {
  const { name, kind, title, authentication, answers, classification } = listed;
  const found = await operationsOf(listed, read);
  const offered = Object.entries(listed.operations).map(([id, { keep, owner, ...own }]): OfferedOperation => {
    const operation = found.find((it) => it.id === id);
    if (operation === undefined) throw new DescriptionError(name, [`${id}: ${listed.document} has no such operation`]);
    return {
      ...operation,
      classification: own.classification ?? classification,
      ...(keep !== undefined && { keep }),
      ...(owner !== undefined && { owner }),
    };
  });
  const faults = offered.flatMap((it) => ownerFaults(it, offered));
  if (faults.length > 0) throw new DescriptionError(name, faults);
  return {
    name,
    kind,
    title,
    ...(authentication !== undefined && { authentication }),
    limits: answers,
    operations: offered,
  };
}

async function operationsOf(listed: ListedApi, read: Descriptions): Promise<readonly Operation[]> {
  const { name, document, kind } = listed;
  const wanted = new Set(Object.keys(listed.operations));
  switch (kind) {
    case "openapi":
      return openApiOperations(name, await readJson(name, read, document), wanted);
    case "smithy":
      return smithyOperations(name, await readJson(name, read, document), wanted);
    case "graphql": {
      const [schema, documents] = await Promise.all([document, listed.documents].map((it) => read(name, it)));
      return graphQlOperations(name, { schema: schema ?? "", documents: documents ?? "" });
    }
    case "soap":
      return soapOperations(name, await read(name, document), new Map(Object.entries(listed.operations)));
  }
}

async function readJson(api: string, read: Descriptions, file: string): Promise<unknown> {
  try {
    return parseStrictJson(await read(api, file), DEEPEST_JSON);
  } catch (error) {
    if (error instanceof JsonFault) throw new DescriptionError(api, [`${file}: ${error.message}`]);
    throw error;
  }
}

async function readText(api: string, folder: string, file: string): Promise<string> {
  const place = path.join(folder, file);
  const { size } = await stat(place).catch(() => ({ size: undefined }));
  if (size === undefined) throw new DescriptionError(api, [`${file} is missing`]);
  if (size > LONGEST_DOCUMENT) throw new DescriptionError(api, [`${file} must be at most ${LONGEST_DOCUMENT} bytes`]);
  return readFile(place, "utf8");
}
