import { DescriptionError } from "../api-problem.ts";
import type { ElementShape } from "./element.ts";
import { documentationOf, SchemaTypes, XSD } from "./schema-types.ts";
import { childrenOf, type QName, readXml, type XmlNode } from "../xml/xml-node.ts";

const WSDL = "http://schemas.xmlsoap.org/wsdl/";
const SOAP = "http://schemas.xmlsoap.org/wsdl/soap/";

/** An operation of a SOAP service. */
export interface SoapOperation {
  readonly name: string;
  readonly description?: string;
  readonly action: string;
  readonly input: ElementShape;
  readonly output?: ElementShape;
}

/**
 * The wanted operations of a WSDL 1.1 document that SOAP 1.1 binds as document/literal; its schemas must be inside of it,
 * made of sequences. Throws a `DescriptionError` with every fault.
 */
export function readWsdl(api: string, text: string, wanted: ReadonlySet<string>): readonly SoapOperation[] {
  const faults: string[] = [];
  const fault = (where: string, why: string) => void faults.push(`${where}: ${why}`);
  const root = parsed(api, text);
  if (root.namespace !== WSDL || root.name !== "definitions") throw new DescriptionError(api, ["it must be WSDL 1.1"]);
  for (const it of childrenOf(root, WSDL, "import"))
    fault(`import "${it.attributes["location"] ?? ""}"`, "everything must be inside the document");
  const schemas = childrenOf(root, WSDL, "types").flatMap((it) => childrenOf(it, XSD, "schema"));
  const reader: Reader = { root, schemas, fault };
  const operations = soapBindings(root).flatMap((it) => operationsOf(it, reader, wanted));
  if (operations.length === 0) fault("binding", "no wanted operation is bound to SOAP 1.1");
  if (faults.length > 0) throw new DescriptionError(api, [...new Set(faults)]);
  return operations;
}

function parsed(api: string, text: string): XmlNode {
  try {
    return readXml(text);
  } catch (error) {
    throw new DescriptionError(api, [error instanceof Error ? error.message : String(error)]);
  }
}

interface Reader {
  readonly root: XmlNode;
  readonly schemas: readonly XmlNode[];
  readonly fault: (where: string, why: string) => void;
}

function soapBindings(root: XmlNode): readonly XmlNode[] {
  return childrenOf(root, WSDL, "binding").filter((it) => childrenOf(it, SOAP, "binding").length > 0);
}

function operationsOf(binding: XmlNode, reader: Reader, wanted: ReadonlySet<string>): readonly SoapOperation[] {
  const type = binding.resolve(binding.attributes["type"] ?? "");
  const portType = childrenOf(reader.root, WSDL, "portType").find((it) => named(reader.root, it) === type);
  const abstract = portType === undefined ? [] : childrenOf(portType, WSDL, "operation");
  return childrenOf(binding, WSDL, "operation")
    .filter(({ attributes }) => wanted.has(attributes["name"] ?? ""))
    .map((bound) => {
      const { name = "" } = bound.attributes;
      if (!isDocument(binding, bound) || !isLiteral(bound)) reader.fault(name, "must be document/literal");
      return operationOf(
        name,
        bound,
        abstract.find((it) => it.attributes["name"] === name),
        reader,
      );
    })
    .filter((it) => it !== undefined);
}

function operationOf(
  name: string,
  bound: XmlNode,
  abstract: XmlNode | undefined,
  reader: Reader,
): SoapOperation | undefined {
  const input = messageElement(abstract, "input", reader, reader.fault);
  if (abstract === undefined || input?.type.kind !== "complex") {
    reader.fault(name, "its input must be one element that holds elements");
    return undefined;
  }
  const output = answerElement(abstract, reader);
  const description = documentationOf(abstract);
  const action = childrenOf(bound, SOAP, "operation")[0]?.attributes["soapAction"] ?? "";
  if (!/^[\x21\x23-\x7e]*$/.test(action)) reader.fault(name, "its soapAction must be visible ASCII without quotes");
  return {
    name,
    ...(description !== undefined && { description }),
    action,
    input,
    ...(output !== undefined && { output }),
  };
}

function isDocument(binding: XmlNode, bound: XmlNode): boolean {
  const [style, own] = [childrenOf(binding, SOAP, "binding"), childrenOf(bound, SOAP, "operation")].map(
    ([it]) => it?.attributes["style"],
  );
  return (own ?? style ?? "document") === "document";
}

function isLiteral(bound: XmlNode): boolean {
  const bodies = bound.children.flatMap((it) => childrenOf(it, SOAP, "body"));
  return bodies.every((it) => (it.attributes["use"] ?? "literal") === "literal");
}

/** What cannot be said of an answer does not keep the operation from being called: the answer stays as it came. */
function answerElement(operation: XmlNode | undefined, reader: Reader): ElementShape | undefined {
  const faults: string[] = [];
  const element = messageElement(operation, "output", reader, (where) => void faults.push(where));
  return faults.length === 0 ? element : undefined;
}

function messageElement(
  operation: XmlNode | undefined,
  direction: "input" | "output",
  { root, schemas }: Reader,
  fault: Reader["fault"],
): ElementShape | undefined {
  const types = new SchemaTypes(schemas, fault);
  const [reference] = operation === undefined ? [] : childrenOf(operation, WSDL, direction);
  const id = reference?.resolve(reference.attributes["message"] ?? "");
  const message = childrenOf(root, WSDL, "message").find((it) => named(root, it) === id);
  const [part, ...others] = message === undefined ? [] : childrenOf(message, WSDL, "part");
  const element = part?.attributes["element"];
  return part === undefined || element === undefined || others.length > 0
    ? undefined
    : types.element(part.resolve(element));
}

function named(root: XmlNode, node: XmlNode): QName {
  return `{${root.attributes["targetNamespace"] ?? ""}}${node.attributes["name"] ?? ""}`;
}
