import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { Format } from "../formats/rows-of.ts";
import type { Row, RowFault } from "../row.ts";
import { sanitised } from "./sanitise.ts";

/** JSON Schemas of records, by name: a tenant's own, never a partner's. */
export interface RecordSchemas {
  readonly [name: string]: object;
}

/** A row that was checked: what is worked on, or what is wrong. */
export type CheckedRow = { readonly number: number } & (
  { readonly value: unknown } | { readonly faults: readonly RowFault[] }
);

const MOST_FAULTS = 20;

/** Checks rows by one of the schemas of a tenant. */
export class RowChecker {
  private readonly typed: ReadonlyMap<string, ValidateFunction>;
  private readonly texts: ReadonlyMap<string, ValidateFunction>;

  /** Throws for a schema that is none. */
  constructor(schemas: RecordSchemas) {
    // The values of CSV and XML are texts, which become what the schema asks for.
    const [typed, texts] = [new Ajv({ allErrors: true }), new Ajv({ allErrors: true, coerceTypes: true })];
    const compiled = (ajv: Ajv) =>
      new Map(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
    this.typed = compiled(typed);
    this.texts = compiled(texts);
  }

  /** Whether the tenant has a schema of that name. */
  has(name: string): boolean {
    return this.typed.has(name);
  }

  /** Checks a row: its texts are sanitised, its values are by the schema. Throws `TypeError` for a schema that is not there. */
  check(row: Row, schema: string, format: Format): CheckedRow {
    const { number } = row;
    if ("fault" in row) return { number, faults: [row.fault] };
    const isValid = (format === "json-lines" ? this.typed : this.texts).get(schema);
    if (isValid === undefined) throw new TypeError(`there is no schema "${schema}"`);
    if (!isValid(row.value)) return { number, faults: (isValid.errors ?? []).slice(0, MOST_FAULTS).map(faultOf) };
    const clean = sanitised(row.value);
    return "fault" in clean ? { number, faults: [clean.fault] } : { number, value: clean.value };
  }
}

/** What the schema says, not what the row says. */
function faultOf({ instancePath, message, params }: ErrorObject): RowFault {
  const missing = (params as { missingProperty?: unknown }).missingProperty;
  const field = typeof missing === "string" ? `${instancePath}/${missing}` : instancePath;
  return { code: "ERR_ROW_INVALID", ...(field !== "" && { field }), message: message ?? "is not valid" };
}
