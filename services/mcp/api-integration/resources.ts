import { ApiProblem } from "./api-problem.ts";
import type { Api, OfferedOperation } from "./api.ts";
import type { Resource } from "../../libraries/mcp-host/definition/definition.ts";
import { scopeOf, toolName } from "./tools.ts";
import type { ApiIntegrationServices } from "./services.ts";

const DECLARED = { scope: "mcp:read", permission: "read:apis", classification: "internal", awsCalls: [] } as const;
const MIME_TYPE = "application/json";
const ROOT = "api-integration://apis";

/** What can be asked of which API: all APIs, the operations of one, and the schemas of one operation. */
export function apiResources(apis: readonly Api[]): readonly Resource<ApiIntegrationServices>[] {
  return [apiList(apis), operationList(apis), operationSchemas(apis)];
}

function apiList(apis: readonly Api[]): Resource<ApiIntegrationServices> {
  const list = apis.map(({ name, title, kind }) => ({ name, title, kind, operations: `${ROOT}/${name}` }));
  return {
    ...DECLARED,
    name: "apis",
    title: "APIs",
    description: "The APIs whose operations are tools.",
    uri: ROOT,
    mimeType: MIME_TYPE,
    read: (uri) => contents(uri, list),
  };
}

function operationList(apis: readonly Api[]): Resource<ApiIntegrationServices> {
  return {
    ...DECLARED,
    name: "operations",
    title: "Operations of an API",
    description: "The operations of one API, with the tool and the scope of each.",
    uri: `${ROOT}/{api}`,
    mimeType: MIME_TYPE,
    list: () => Promise.resolve(apis.map(({ name, title }) => ({ uri: `${ROOT}/${name}`, name: title }))),
    read: (uri, { api }) => {
      const found = apiNamed(apis, api);
      return contents(
        uri,
        found.operations.map((it) => summaryOf(found, it)),
      );
    },
  };
}

function operationSchemas(apis: readonly Api[]): Resource<ApiIntegrationServices> {
  return {
    ...DECLARED,
    name: "operation",
    title: "Schemas of an operation",
    description: "What an operation takes, and what its API promises to answer.",
    uri: `${ROOT}/{api}/{operation}`,
    mimeType: MIME_TYPE,
    read: (uri, { api, operation }) => {
      const found = apiNamed(apis, api);
      const { input, output, keep, ...it } = operationNamed(found, operation);
      return contents(uri, { ...summaryOf(found, it), input, output, keep });
    },
  };
}

/** Finds an API by its name; throws an `ApiProblem` for another. */
export function apiNamed(apis: readonly Api[], name: unknown): Api {
  const found = apis.find((it) => it.name === name);
  if (found === undefined) throw new ApiProblem("ERR_API_UNKNOWN", "there is no such API");
  return found;
}

function operationNamed({ operations }: Api, id: unknown): OfferedOperation {
  const found = operations.find((it) => it.id === id);
  if (found === undefined) throw new ApiProblem("ERR_API_UNKNOWN", "the API has no such operation");
  return found;
}

function summaryOf(api: Api, operation: Pick<OfferedOperation, "classification" | "description" | "id" | "isRead">) {
  const { id, description, classification } = operation;
  return { id, tool: toolName(api, operation), description, scope: scopeOf(operation), classification };
}

function contents(uri: URL, value: unknown) {
  return Promise.resolve({ contents: [{ uri: uri.href, mimeType: MIME_TYPE, text: JSON.stringify(value) }] });
}
