import { UsageError } from "../cli/exit-code.ts";

/** The forms in which a server's name is written. */
export interface ServerNames {
  /** Of folders, targets and repositories: `order-status`. */
  readonly kebab: string;
  /** Of values: `orderStatus`. */
  readonly camel: string;
  /** Of types: `OrderStatus`. */
  readonly pascal: string;
  /** Of variables: `ORDER_STATUS`. */
  readonly upper: string;
  /** For people: `Order status`. */
  readonly title: string;
}

/** So that `<tenant>_mcp_<name>_next`, the runtime of a release on trial, fits AgentCore's 48 characters with tenants of 20. */
export const LONGEST_NAME = 18;

/** The forms of a name; throws a `UsageError` if the platform cannot have a server of that name. */
export function serverNames(name: string): ServerNames {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new UsageError(`"${name}" must be of a-z and 0-9 in words joined by "-", and begin with a letter`);
  if (name.length < 2 || name.length > LONGEST_NAME)
    throw new UsageError(`"${name}" must have 2 to ${LONGEST_NAME} characters, or its runtimes cannot be named`);
  if (/-(v\d+|candidate)$/.test(name))
    throw new UsageError(`"${name}" must not end like the older majors and the candidate of another server`);
  const words = name.split("-");
  const pascal = words.map(capitalised).join("");
  return {
    kebab: name,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    upper: words.join("_").toUpperCase(),
    title: capitalised(words.join(" ")),
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
