import { type Api, type JsonSchema, type Operation } from "../api.ts";
import { DescriptionError } from "../api-problem.ts";
import { restAnswer } from "../answer/rest-answer.ts";
import { restRequest } from "../rest/request.ts";
import { isReadMethod, type RestOperation } from "../rest/binding.ts";
import { type DocumentOperation, type OpenApiDocument, type Parameter, readOpenApi } from "./document.ts";
import { bindingOf, bindingFaults } from "./parameters.ts";
import { type Fault, jsonSchemaOf } from "./schema.ts";

const METHODS = ["get", "head", "options", "put", "delete", "post", "patch"] as const;
const IDEMPOTENCY_KEY = "idempotency-key";

/** What may name an operation, and therefore a tool. */
export const OPERATION_ID = /^[A-Za-z0-9_-]{1,64}$/;

interface Found {
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  readonly operation: DocumentOperation;
  readonly parameters: readonly Parameter[];
}

/**
 * The operations of an OpenAPI 3.0 or 3.1 document, within what AgentCore documents for OpenAPI targets; only those that
 * are wanted must fit into tools. Throws a `DescriptionError` with every fault.
 */
export async function openApiOperations(
  api: Api["name"],
  source: unknown,
  wanted: ReadonlySet<string>,
): Promise<readonly Operation[]> {
  const document = await readOpenApi(api, source);
  const faults: string[] = [];
  const fault: Fault = (where, why) => void faults.push(`${where}: ${why}`);
  serverFaults(document, fault);
  const found = [...operationsIn(document)];
  idFaults(found, fault);
  const operations = found
    .filter(({ operation }) => wanted.has(operation.operationId ?? ""))
    .map((it) => operationOf(it, fault));
  if (faults.length > 0) throw new DescriptionError(api, [...new Set(faults)]);
  return operations;
}

function serverFaults({ servers = [] }: OpenApiDocument, fault: Fault): void {
  const isSecure = (url: string) => !url.includes("{") && URL.canParse(url) && new URL(url).protocol === "https:";
  if (servers.length === 0) fault("servers", "must name the https address of the API");
  for (const { url } of servers)
    if (!isSecure(url)) fault("servers", `"${url}" must be an https address without variables`);
}

function* operationsIn({ paths = {} }: OpenApiDocument): Iterable<Found> {
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = item[method] as DocumentOperation | undefined;
      if (operation === undefined) continue;
      const own = operation.parameters ?? [];
      const isOwn = (it: Parameter) => own.some(({ name, in: place }) => name === it.name && place === it.in);
      yield { method, path, operation, parameters: [...(item.parameters ?? []).filter((it) => !isOwn(it)), ...own] };
    }
  }
}

function idFaults(found: readonly Found[], fault: Fault): void {
  const known = new Set<string>();
  for (const { method, path, operation } of found) {
    const { operationId: id } = operation;
    const where = `${method.toUpperCase()} ${path}`;
    if (id === undefined) fault(where, "operationId is missing");
    else if (!OPERATION_ID.test(id)) fault(where, `operationId "${id}" must be 1 to 64 of A-Z a-z 0-9 _ -`);
    else if (known.has(id)) fault(where, `operationId "${id}" is used twice`);
    else known.add(id);
  }
}

function operationOf({ method, path, operation, parameters }: Found, fault: Fault): Operation {
  const id = operation.operationId ?? "";
  bindingFaults(id, path, parameters, fault);
  if (operation.callbacks !== undefined) fault(id, "callbacks are not supported");
  const body = bodySchema(operation, id, fault);
  const rest: RestOperation = {
    method: method.toUpperCase() as RestOperation["method"],
    path,
    fixedQuery: [],
    bindings: [...parameters.map(bindingOf), ...(body === undefined ? [] : [BODY])],
    isIdempotent: false,
    ...idempotencyKeyOf(parameters),
  };
  const output = answerSchema(operation, id, fault);
  return {
    id,
    title: operation.summary ?? id,
    description: operation.description ?? operation.summary ?? `${rest.method} ${path}`,
    isRead: isReadMethod(rest.method),
    input: inputOf(id, parameters, operation, body, fault),
    ...(output !== undefined && { output }),
    request: (args) => restRequest(rest, args),
    answer: restAnswer,
  };
}

const BODY = { name: "body", in: "body", wireName: "body" } as const;

function idempotencyKeyOf(parameters: readonly Parameter[]): Pick<RestOperation, "idempotencyKey"> {
  const key = parameters.find((it) => it.in === "header" && it.name.toLowerCase() === IDEMPOTENCY_KEY);
  return key === undefined ? {} : { idempotencyKey: key.name };
}

function inputOf(
  id: string,
  parameters: readonly Parameter[],
  { requestBody }: DocumentOperation,
  body: JsonSchema | undefined,
  fault: Fault,
): JsonSchema {
  const properties = parameters.map((it): [string, JsonSchema] => {
    const schema = jsonSchemaOf(it.schema, `${id}/${it.name}`, "request", fault);
    return [it.name, it.description === undefined ? schema : { ...schema, description: it.description }];
  });
  if (body !== undefined) properties.push([BODY.name, body]);
  const required = parameters
    .filter((it) => it.required === true && it.name.toLowerCase() !== IDEMPOTENCY_KEY)
    .map(({ name }) => name);
  if (requestBody?.required === true) required.push(BODY.name);
  return { type: "object", properties: Object.fromEntries(properties), required, additionalProperties: false };
}

function bodySchema({ requestBody }: DocumentOperation, id: string, fault: Fault): JsonSchema | undefined {
  if (requestBody === undefined) return undefined;
  const schema = requestBody.content["application/json"]?.schema;
  if (schema === undefined) fault(id, "its body must be application/json with a schema");
  return jsonSchemaOf(schema, `${id}/body`, "request", fault);
}

function answerSchema({ responses = {} }: DocumentOperation, id: string, fault: Fault): JsonSchema | undefined {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  const schema = success?.content?.["application/json"]?.schema;
  return schema === undefined ? undefined : jsonSchemaOf(schema, `${id}/answer`, "answer", fault);
}
