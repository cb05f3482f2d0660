import SwaggerParser from "@apidevtools/swagger-parser";
import { DescriptionError } from "../api-problem.ts";
import { expansionFault, externalReferences } from "../../../../contracts/openapi/references.ts";

/** The parts of a parameter that are read. */
export interface Parameter {
  readonly name: string;
  readonly in: "cookie" | "header" | "path" | "query";
  readonly required?: boolean;
  readonly description?: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  readonly schema?: object;
  readonly content?: object;
}

interface Content {
  readonly [mediaType: string]: { readonly schema?: object };
}

/** The parts of an operation that are read. */
export interface DocumentOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly description?: string; readonly content: Content };
  readonly responses?: { readonly [status: string]: { readonly content?: Content } };
  readonly callbacks?: object;
}

/** The parts of an OpenAPI document that are read, every reference in its place. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly paths?: {
    readonly [path: string]: { readonly parameters?: readonly Parameter[] } & { readonly [method: string]: unknown };
  };
}

const NO_REACHING_OUT = { external: false, file: false, http: false } as const;

/** Reads a document that OpenAPI's own schema accepts; nothing outside of it is ever looked at. Throws a `DescriptionError`. */
export async function readOpenApi(api: string, document: unknown): Promise<OpenApiDocument> {
  const faults = faultsBeforeReading(document);
  if (faults.length > 0) throw new DescriptionError(api, faults);
  try {
    const options = { resolve: NO_REACHING_OUT, dereference: { circular: false } } as const;
    const read: unknown = await SwaggerParser.validate(structuredClone(document) as never, options);
    return read as OpenApiDocument;
  } catch (error) {
    throw new DescriptionError(api, [error instanceof Error ? error.message : "it is not an OpenAPI document"]);
  }
}

function faultsBeforeReading(document: unknown): readonly string[] {
  if (typeof document !== "object" || document === null) return ["it must be a JSON object"];
  if ("swagger" in document) return ["Swagger 2.0 is not supported; it must be OpenAPI 3.0 or 3.1"];
  const version = "openapi" in document ? document.openapi : undefined;
  if (typeof version !== "string" || !/^3\.[01]\.\d+$/.test(version)) return ["openapi must be 3.0.x or 3.1.x"];
  const external = externalReferences(document);
  if (external.length > 0) return external.map((it) => `$ref "${it}" must stay inside the document`);
  const expansion = expansionFault(document);
  return expansion === undefined ? [] : [expansion];
}
