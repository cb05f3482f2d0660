import { ApiProblem } from "../../library/api-problem.ts";
import type { Order } from "../business/business.ts";
import { escaped, type XmlElement } from "./envelope.ts";
import { ORDERS_NAMESPACE } from "./wsdl.ts";

/** What a `PlaceOrder` says, as REST has it: whether it is an order is for the schema of REST to say. */
export function orderOf(message: XmlElement): object {
  const { Line: lines = [], Note: notes = [] } = membersOf(message, ["Line", "Note"]);
  if (notes.length > 1) throw invalid("Note may be there once");
  return {
    lines: lines.map((line) => {
      const { Sku: sku = [], Quantity: quantity = [] } = membersOf(line, ["Sku", "Quantity"]);
      if (sku.length > 1 || quantity.length > 1) throw invalid("a Line has one Sku and one Quantity");
      const number = quantity[0]?.text ?? "";
      return { sku: sku[0]?.text, quantity: /^\d{1,4}$/.test(number) ? Number(number) : number };
    }),
    ...(notes[0] !== undefined && { note: notes[0].text }),
  };
}

/** The elements of these names in another; throws `ApiProblem` for any other one. */
export function membersOf(
  { children }: XmlElement,
  names: readonly string[],
): Readonly<Partial<Record<string, readonly XmlElement[]>>> {
  const other = children.find(({ name, namespace }) => namespace !== ORDERS_NAMESPACE || !names.includes(name));
  if (other !== undefined) throw invalid(`"${other.name}" is not taken here`);
  return Object.groupBy(children, ({ name }) => name);
}

/** An order as the element of this name. */
export function orderXml(name: string, order: Order): string {
  const element = (of: string, text: string | null | undefined): string =>
    text === undefined || text === null ? "" : `<${of}>${escaped(text)}</${of}>`;
  const lines = order.lines.map(
    ({ sku, quantity }) => `<Line>${element("Sku", sku)}${element("Quantity", String(quantity))}</Line>`,
  );
  const members = [
    element("Id", order.id),
    element("Status", order.status),
    element("PlacedAt", order.placedAt),
    ...lines,
    element("Note", order.note),
    element("CancellationReason", order.cancellationReason),
  ];
  return `<${name} xmlns="${ORDERS_NAMESPACE}">${members.join("")}</${name}>`;
}

function invalid(detail: string): ApiProblem {
  return new ApiProblem("invalid", detail);
}
