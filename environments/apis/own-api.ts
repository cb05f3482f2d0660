import * as z from "zod";
import { CLASSIFICATIONS } from "../../contracts/classifications.ts";
import { API_BACKENDS } from "../api-backends.ts";
import { publicHost } from "../networks/public-host.ts";
import { mustBe, oneOf, record, shown, text } from "../wording.ts";

/** What an operation of a tenant's own API does, as its tool must say it. */
const ownOperation = record({
  /** Whether it only reads: its tool then asks for `mcp:read`, and else for `mcp:write`. */
  does: oneOf(["read", "write"]),
  /** How sensitive what it answers is; without it, as the API's. */
  classification: oneOf(CLASSIFICATIONS).optional(),
  /** Opens what reads nothing confidential to partners and consumers; without it, they are refused, for what is theirs in its answers is not known. */
  shared: z.literal("not about customers").optional(),
});

const authentication = record({
  kind: oneOf(["bearer", "basic", "api-key"]),
  /** The header of a key. */
  header: text(/^X-(?:[A-Za-z0-9]{1,20}-){0,2}Key$/, 'a header such as "X-Api-Key"').optional(),
}).check(({ value: { kind, header }, issues }) => {
  if ((kind === "api-key") === (header !== undefined)) return;
  const message = kind === "api-key" ? mustBe(undefined, "the header of the key") : "goes with an API key alone";
  issues.push({ code: "custom", input: header, path: ["header"], message });
});

/** An operation is named in its document; with the name of the API, and what a gateway adds, it must be a tool's name. */
const OPERATION_ID = /^[A-Za-z0-9_-]{1,38}$/;

/** What a gateway leaves of the 64 characters with which most models name a tool. */
const LONGEST_TOOL_NAME = 43;

/** An API of a tenant's own: where it is, how it is authenticated to, and which operations of its document become tools. */
export const ownApi = record({
  title: text(/^[^\p{C}]{1,100}$/u, "a title of 1 to 100 characters"),
  /** The OpenAPI document, a file in `environments/documents/<tenant>`. */
  document: text(/^[a-z0-9][a-z0-9-]{0,59}(?:\.openapi)?\.json$/, 'a file such as "erp.openapi.json"'),
  /** Its host on the internet; without it, `internalApis` of the tenant says where it is. */
  host: publicHost().optional(),
  /** What the paths of its operations follow; without it, nothing. */
  basePath: text(/^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}){1,4}$/, 'a path such as "/v1"').optional(),
  /** How it is shown who calls; its secret is one of the tenant's own. Without it, it wants to know nothing. */
  authentication: authentication.optional(),
  /** How sensitive what it answers is. */
  classification: oneOf(CLASSIFICATIONS),
  operations: z.record(z.string(), ownOperation, { error: ({ input }) => mustBe(input, "an object") }).readonly(),
});

/** One of these. */
export type OwnApi = z.infer<typeof ownApi>;

/** The APIs of a tenant's own, by name. */
export const ownApis = z.record(z.string(), ownApi, { error: ({ input }) => mustBe(input, "an object") }).readonly();

const NOT_SHARED = "what changes something, or answers what is confidential, is somebody's and not shared";

function maySpread({ does, classification }: z.infer<typeof ownOperation>, ofApi: OwnApi["classification"]): boolean {
  return does === "read" && ["public", "internal"].includes(classification ?? ofApi);
}

const NAME = /^[a-z][a-z0-9]{0,19}$/;
const MOST_APIS = 10;
const MOST_OPERATIONS = 50;

/** Why the names of APIs and of their operations cannot be those of tools. */
export function nameFaultsOf(
  apis: Readonly<Record<string, OwnApi>>,
): readonly (readonly [readonly string[], string])[] {
  const names = Object.keys(apis);
  return [
    ...(names.length > MOST_APIS ? [[[], `${names.length} are too many: ${MOST_APIS} at most`] as const] : []),
    ...Object.entries(apis).flatMap(([name, { operations, ...api }]) => [
      ...faultsOfName(name).map((it) => [[name], it] as const),
      ...Object.entries(operations)
        .filter(([, it]) => it.shared !== undefined && !maySpread(it, api.classification))
        .map(([id]) => [[name, "operations", id, "shared"], NOT_SHARED] as const),
      ...operationFaults(name, Object.keys(operations)).map(([id, it]) => [[name, "operations", ...id], it] as const),
    ]),
  ];
}

function faultsOfName(name: string): readonly string[] {
  if (Object.hasOwn(API_BACKENDS, name)) return [`${shown(name)} is an API that every tenant has`];
  return NAME.test(name) && name !== "call" ? [] : [`${shown(name)} must be 1 to 20 of a-z and 0-9, a letter first`];
}

function operationFaults(name: string, ids: readonly string[]): readonly (readonly [readonly string[], string])[] {
  if (ids.length === 0) return [[[], "is empty; at least one is needed"]];
  if (ids.length > MOST_OPERATIONS) return [[[], `${ids.length} are too many: ${MOST_OPERATIONS} at most`]];
  return ids.flatMap((id) => {
    if (!OPERATION_ID.test(id)) return [[[id], `${shown(id)} must be 1 to 38 of A-Z, a-z, 0-9, "_" and "-"`] as const];
    const tool = toolOf(name, id);
    const most = `${shown(tool)} must have at most ${LONGEST_TOOL_NAME} characters`;
    return tool.length > LONGEST_TOOL_NAME ? [[[id], most] as const] : [];
  });
}

/** The name of the tool that stands for an operation. */
export function toolOf(api: string, operation: string): string {
  return `${api}_${operation}`;
}
