import { strictXml } from "../../../libraries/service-kit/strict-xml.ts";

/** An element of a document, its names resolved. */
export interface XmlNode {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly XmlNode[];
  readonly text: string;
  /** The namespace and local name that a value such as `tns:Order` means here. */
  resolve(qualifiedName: string): QName;
}

/** A name in its namespace, as `{namespace}name`. */
export type QName = `{${string}}${string}`;

interface Ordered {
  readonly [tag: string]: readonly Ordered[] | string | { readonly [attribute: string]: string };
}

const ATTRIBUTES = ":@";
const TEXT = "#text";

const parse = strictXml({ preserveOrder: true, attributeNamePrefix: "" });

/** Reads a document without a document type; throws for anything else. */
export function readXml(text: string): XmlNode {
  const [root] = nodesIn(parse(text) as readonly Ordered[], new Map());
  if (root === undefined) throw new Error("it is not XML");
  return root;
}

/** The children with that name. */
export function childrenOf({ children }: XmlNode, namespace: string, name: string): readonly XmlNode[] {
  return children.filter((it) => it.namespace === namespace && it.name === name);
}

function nodesIn(parsed: readonly Ordered[], around: ReadonlyMap<string, string>): readonly XmlNode[] {
  return parsed.flatMap((ordered) =>
    Object.entries(ordered)
      .filter(([tag]) => tag !== ATTRIBUTES && tag !== TEXT)
      .map(([tag, content]) => nodeOf(tag, content as readonly Ordered[], ordered[ATTRIBUTES], around)),
  );
}

function nodeOf(
  tag: string,
  content: readonly Ordered[],
  attributes: Ordered[string] = {},
  around: ReadonlyMap<string, string>,
): XmlNode {
  const given = attributes as XmlNode["attributes"];
  const namespaces = new Map(around);
  for (const [name, value] of Object.entries(given))
    if (name === "xmlns" || name.startsWith("xmlns:")) namespaces.set(name.slice(6), value);
  const split = (qualified: string): [string, string] => {
    const [local = "", prefix = ""] = qualified.split(":").reverse();
    return [namespaces.get(prefix) ?? "", local];
  };
  const [namespace, name] = split(tag);
  return {
    namespace,
    name,
    attributes: given,
    children: nodesIn(content, namespaces),
    text: content
      .map((it) => (typeof it[TEXT] === "string" ? it[TEXT] : ""))
      .join("")
      .trim(),
    resolve: (qualified) => {
      const [of, local] = split(qualified);
      return `{${of}}${local}`;
    },
  };
}
