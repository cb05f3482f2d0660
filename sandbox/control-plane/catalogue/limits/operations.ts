import type { Model, Models } from "./models.ts";
import { OPERATIONS, SERVICES } from "./operation-names.ts";

const VERBS = [
  "Create",
  "Put",
  "Register",
  "Run",
  "Allocate",
  "Request",
  "Import",
  "Set",
  "Associate",
  "Add",
  "Update",
];

/** Prefixes by which the SDK tells the types of several services in one module apart. */
const PREFIXES = /^(?:Agentcore|Agent|Event|Log|Serverless)(?=[A-Z])/;

/** An operation of a service, and the name of its input's shape. */
export interface Operation {
  readonly model: Model;
  readonly name: string;
  readonly input: string;
}

/** The operation that creates resources of a type; `undefined` where none is known. Throws for an entry of the table that no model has. */
export function operationOf(token: string, models: Models): Operation | undefined {
  const listed = OPERATIONS[token];
  if (listed !== undefined) return listed === "" ? undefined : sure(listed, models);
  const [, module = "", type = ""] = token.split(":");
  const services = servicesOf(module.split("/")[0] ?? "");
  const names = [...new Set([type, type.replace(PREFIXES, "")])];
  for (const name of names)
    for (const service of services) {
      const found = VERBS.map((verb) => within(models.of(service), `${verb}${name}`)).find((it) => it !== undefined);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** Whether the table names the operation of a type, so that it needs no likeness to be believed. */
export function isListed(token: string): boolean {
  return OPERATIONS[token] !== undefined;
}

function servicesOf(module: string): readonly string[] {
  return SERVICES[module] ?? [module];
}

function sure(listed: string, models: Models): Operation {
  const [service = "", name = ""] = listed.split(" ");
  const found = within(models.of(service), name);
  if (found === undefined) throw new Error(`botocore has no operation ${listed} any more`);
  return found;
}

function within(model: Model | undefined, wanted: string): Operation | undefined {
  if (model === undefined) return undefined;
  const name = Object.keys(model.operations).find((it) => it.toLowerCase() === wanted.toLowerCase());
  const input = name === undefined ? undefined : model.operations[name]?.input?.shape;
  return name === undefined || input === undefined ? undefined : { model, name, input };
}
