import type { JsonSchema } from "../api.ts";
import type { Fault } from "../openapi/schema.ts";
import { PROPERTY_NAME } from "../openapi/schema.ts";
import type { ElementShape, ElementType } from "./element.ts";
import { childrenOf, type QName, type XmlNode } from "../xml/xml-node.ts";

/** The namespace of XML Schema. */
export const XSD = "http://www.w3.org/2001/XMLSchema";

const INTEGERS = ["byte", "int", "integer", "long", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger"];
const UNSIGNED = ["positiveInteger", "short", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort"];
const TEXTS = ["anyURI", "base64Binary", "duration", "hexBinary", "language", "normalizedString", "string", "token"];

/** The types of XML Schema itself. A decimal is text, since JSON's numbers are not exact. */
const BUILT_IN: { readonly [name: string]: JsonSchema } = {
  ...Object.fromEntries([...INTEGERS, ...UNSIGNED].map((it) => [it, { type: "integer" }])),
  ...Object.fromEntries(TEXTS.map((it) => [it, { type: "string" }])),
  boolean: { type: "boolean" },
  date: { type: "string", format: "date" },
  dateTime: { type: "string", format: "date-time" },
  decimal: { type: "string", pattern: String.raw`^[+-]?\d+(?:\.\d+)?$` },
  double: { type: "number" },
  float: { type: "number" },
  time: { type: "string" },
};

const FACETS: { readonly [facet: string]: string } = {
  minLength: "minLength",
  maxLength: "maxLength",
  minInclusive: "minimum",
  maxInclusive: "maximum",
};

/** What the schemas of a description declare, by name. */
export class SchemaTypes {
  private readonly elements = new Map<QName, XmlNode>();
  private readonly types = new Map<QName, XmlNode>();
  private readonly qualified = new Set<string>();
  private readonly fault: Fault;

  constructor(schemas: readonly XmlNode[], fault: Fault) {
    this.fault = fault;
    for (const schema of schemas) {
      const namespace = schema.attributes["targetNamespace"] ?? "";
      if (schema.attributes["elementFormDefault"] === "qualified") this.qualified.add(namespace);
      for (const it of schema.children) this.add(namespace, it);
    }
  }

  private add(namespace: string, node: XmlNode): void {
    const name: QName = `{${namespace}}${node.attributes["name"] ?? ""}`;
    const isReference = node.name === "include" || node.name === "import" || node.name === "redefine";
    if (node.name === "element") this.elements.set(name, node);
    else if (node.name === "complexType" || node.name === "simpleType") this.types.set(name, node);
    else if (isReference && node.attributes["schemaLocation"] !== undefined)
      this.fault(`${node.name} "${node.attributes["schemaLocation"]}"`, "schemas must be inside the document");
  }

  /** A global element, which is how messages begin. */
  element(name: QName): ElementShape | undefined {
    const node = this.elements.get(name);
    return node === undefined ? undefined : this.shapeOf(node, namespaceIn(name), [], true);
  }

  private shapeOf(node: XmlNode, namespace: string, within: readonly QName[], isGlobal = false): ElementShape {
    const { name = "", ref, minOccurs, maxOccurs = "1" } = node.attributes;
    const occurs = { isRequired: minOccurs !== "0", isList: maxOccurs !== "1" && maxOccurs !== "0" };
    if (ref !== undefined) return { ...this.referred(node.resolve(ref), within), ...occurs };
    if (!PROPERTY_NAME.test(name)) this.fault(name, "the name of an element must be 1 to 64 of A-Z a-z 0-9 _ . -");
    const description = documentationOf(node);
    return {
      name,
      namespace: isGlobal || this.isQualified(node, namespace) ? namespace : "",
      ...occurs,
      ...(description !== undefined && { description }),
      type: this.typeIn(node, namespace, within),
    };
  }

  private isQualified({ attributes: { form } }: XmlNode, namespace: string): boolean {
    return form === undefined ? this.qualified.has(namespace) : form === "qualified";
  }

  private referred(name: QName, within: readonly QName[]): ElementShape {
    const node = this.elements.get(name);
    if (node !== undefined && !within.includes(name))
      return this.shapeOf(node, namespaceIn(name), [...within, name], true);
    this.fault(name, node === undefined ? "is not declared" : "contains itself");
    return { name: localName(name), namespace: "", isRequired: false, isList: false, type: ANYTHING };
  }

  private typeIn(node: XmlNode, namespace: string, within: readonly QName[]): ElementType {
    const { type } = node.attributes;
    if (type !== undefined) return this.named(node.resolve(type), within);
    const [inline] = node.children.filter((it) => it.name === "complexType" || it.name === "simpleType");
    return inline === undefined ? ANYTHING : this.typeOf(inline, namespace, within);
  }

  private named(name: QName, within: readonly QName[]): ElementType {
    const builtIn = namespaceIn(name) === XSD ? BUILT_IN[localName(name)] : undefined;
    if (builtIn !== undefined) return { kind: "simple", schema: builtIn };
    const node = this.types.get(name);
    if (node !== undefined && !within.includes(name)) return this.typeOf(node, namespaceIn(name), [...within, name]);
    this.fault(name, node === undefined ? "is not a known type" : "contains itself");
    return ANYTHING;
  }

  private typeOf(node: XmlNode, namespace: string, within: readonly QName[]): ElementType {
    if (node.name === "simpleType") return this.simple(node, within);
    const content = node.children.filter((it) => it.name !== "annotation");
    const [group] = content;
    const elements = group?.children.filter((it) => it.name !== "annotation") ?? [];
    const isPlain = content.every((it) => it.name === "sequence" || it.name === "all") && content.length <= 1;
    if (!isPlain || elements.some((it) => it.name !== "element"))
      this.fault(
        node.attributes["name"] ?? within.at(-1) ?? "complexType",
        "may only be a sequence of elements, or all of them",
      );
    return {
      kind: "complex",
      elements: elements.filter((it) => it.name === "element").map((it) => this.shapeOf(it, namespace, within)),
    };
  }

  private simple(node: XmlNode, within: readonly QName[]): ElementType {
    const [restriction] = childrenOf(node, XSD, "restriction");
    const base = restriction?.attributes["base"];
    if (restriction === undefined || base === undefined) {
      this.fault(node.attributes["name"] ?? "simpleType", "may only be a restriction");
      return ANYTHING;
    }
    const type = this.named(restriction.resolve(base), within);
    const values = childrenOf(restriction, XSD, "enumeration").map((it) => it.attributes["value"]);
    const facets = restriction.children
      .filter((it) => Object.hasOwn(FACETS, it.name))
      .map((it) => ({ [FACETS[it.name] ?? ""]: Number(it.attributes["value"]) }));
    const schema = type.kind === "simple" ? type.schema : {};
    return {
      kind: "simple",
      schema: Object.assign({}, schema, ...facets, values.length > 0 && { enum: values }) as JsonSchema,
    };
  }
}

const ANYTHING: ElementType = { kind: "simple", schema: { type: "string" } };

/** What an `annotation` or a `documentation` of WSDL says. */
export function documentationOf(node: XmlNode): string | undefined {
  const nodes = node.children.flatMap((it) => (it.name === "annotation" ? it.children : [it]));
  return nodes.find((it) => it.name === "documentation" && it.text !== "")?.text;
}

const namespaceIn = (name: QName): string => name.slice(1, name.lastIndexOf("}"));
const localName = (name: QName): string => name.slice(name.lastIndexOf("}") + 1);
