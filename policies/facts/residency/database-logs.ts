import type { ResourceView } from "../../engine/resource-view.ts";
import { every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";

/** The PostgreSQL parameters that must be set, so that the log holds neither statements nor the values that an error message repeats. */
const WITHOUT_STATEMENTS: Readonly<Record<string, string>> = {
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** Further parameters that put statements or values into the log, and the values with which they do not, which are the defaults. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  "auto_explain.log_min_duration": /^-1$/,
  debug_print_parse: /^(?:0|off)$/i,
  debug_print_plan: /^(?:0|off)$/i,
  debug_print_rewritten: /^(?:0|off)$/i,
  log_min_duration_sample: /^-1$/,
  log_parameter_max_length_on_error: /^0$/,
  log_transaction_sample_rate: /^0$/,
  "pgaudit.log": /^none$/i,
  "pgaudit.role": /^$/,
};

/** The logs of MySQL and MariaDB that hold statements. */
const OF_STATEMENTS = ["audit", "general", "slowquery"];

/** Whether a database exports a log that may hold statements or values, with these parameters. */
export function logsStatements(it: ResourceView, parameters: readonly Value[]): boolean {
  const exported = it.list("enabledCloudwatchLogsExports");
  if (exported.length === 0) return false;
  if (/mysql|mariadb/.test(it.text("engine") ?? ""))
    return some(exported, (log) => OF_STATEMENTS.includes(log.text() ?? ""));
  const isSet = ([name, value]: readonly [string, string]): boolean =>
    some(parameters, (each) => each.text("name") === name && each.text("value") === value);
  return !every(Object.entries(WITHOUT_STATEMENTS), isSet) || turnsStatementsOn(parameters);
}

/** Whether one of the parameters puts statements or values into the log of PostgreSQL. */
export function turnsStatementsOn(parameters: readonly Value[]): boolean {
  return some(parameters, (each) => {
    const name = each.text("name") ?? "";
    const value = each.text("value") ?? "";
    const wanted = WITHOUT_STATEMENTS[name];
    return wanted === undefined ? HARMLESS[name]?.test(value) === false : value !== wanted;
  });
}
