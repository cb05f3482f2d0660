import { parseStrictJson } from "../../../../libraries/service-kit/strict-json.ts";
import { isFieldName, LIMITS, type Row, type RowFault } from "../row.ts";

/** The rows of a file with one JSON object a line; empty lines are none. */
export async function* jsonLines(text: AsyncIterable<string>): AsyncGenerator<readonly Row[]> {
  let number = 0;
  let rest = "";
  let isTooLong = false;
  const rowOf = (line: string): Row | undefined => {
    const wasTooLong = isTooLong;
    isTooLong = false;
    if (wasTooLong || line.length > LIMITS.rowLength) return { number: ++number, fault: TOO_LARGE };
    return line.trim() === "" ? undefined : { number: ++number, ...parsed(line) };
  };
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    const rows = lines.map(rowOf).filter((it) => it !== undefined);
    if (rest.length > LIMITS.rowLength) {
      isTooLong = true;
      rest = "";
    }
    yield rows;
  }
  const last = rowOf(rest);
  if (last !== undefined) yield [last];
}

const TOO_LARGE: RowFault = { code: "ERR_ROW_TOO_LARGE", message: `longer than ${LIMITS.rowLength} characters` };

function parsed(line: string): { readonly value: { [field: string]: unknown } } | { readonly fault: RowFault } {
  let value: unknown;
  try {
    value = parseStrictJson(line);
  } catch {
    return { fault: { code: "ERR_ROW_SYNTAX", message: "must be JSON on one line, with no key twice" } };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { fault: { code: "ERR_ROW_SHAPE", message: "must be a JSON object" } };
  const names = Object.keys(value);
  if (names.length > LIMITS.columns || !names.every(isFieldName))
    return {
      fault: { code: "ERR_ROW_SHAPE", message: `must have at most ${LIMITS.columns} fields with names of their own` },
    };
  return { value: value as { [field: string]: unknown } };
}
