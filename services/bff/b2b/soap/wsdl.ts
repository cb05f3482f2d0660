import { escaped, SOAP } from "./envelope.ts";

/** The namespace of the orders' messages; a second version would have another. */
export const ORDERS_NAMESPACE = "urn:alicerce:partner:orders:v1";

const OPERATIONS = ["PlaceOrder", "GetOrder"] as const;

const TYPES = `
    <xs:complexType name="Line"><xs:sequence><xs:element name="Sku" type="xs:string"/><xs:element name="Quantity"><xs:simpleType><xs:restriction base="xs:integer"><xs:minInclusive value="1"/><xs:maxInclusive value="1000"/></xs:restriction></xs:simpleType></xs:element></xs:sequence></xs:complexType>
    <xs:complexType name="Order"><xs:sequence><xs:element name="Id" type="xs:string"/><xs:element name="Status" type="xs:string"/><xs:element name="PlacedAt" type="xs:dateTime"/><xs:element name="Line" type="tns:Line" minOccurs="0" maxOccurs="unbounded"/><xs:element name="Note" type="xs:string" minOccurs="0"/><xs:element name="CancellationReason" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
    <xs:element name="PlaceOrder"><xs:complexType><xs:sequence><xs:element name="Line" type="tns:Line" maxOccurs="100"/><xs:element name="Note" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="GetOrder"><xs:complexType><xs:sequence><xs:element name="OrderId" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="PlaceOrderResponse" type="tns:Order"/>
    <xs:element name="GetOrderResponse" type="tns:Order"/>`;

const BINDINGS = [
  { name: "Soap11", prefix: "soap", namespace: "http://schemas.xmlsoap.org/wsdl/soap/" },
  { name: "Soap12", prefix: "soap12", namespace: "http://schemas.xmlsoap.org/wsdl/soap12/" },
] as const satisfies readonly { readonly name: string; readonly prefix: string; readonly namespace: string }[];

/** The description (WSDL 1.1) of the orders at an address, for both versions of SOAP. */
export function ordersWsdl(address: string): string {
  const declared = BINDINGS.map(({ prefix, namespace }) => `xmlns:${prefix}="${namespace}"`).join(" ");
  const messages = OPERATIONS.flatMap((it) => [it, `${it}Response`]).map(
    (it) => `<message name="${it}"><part name="content" element="tns:${it}"/></message>`,
  );
  const port = OPERATIONS.map(
    (it) => `<operation name="${it}"><input message="tns:${it}"/><output message="tns:${it}Response"/></operation>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions name="Orders" targetNamespace="${ORDERS_NAMESPACE}" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="${ORDERS_NAMESPACE}" xmlns:xs="http://www.w3.org/2001/XMLSchema" ${declared}>
  <documentation>Authenticate as for REST. PlaceOrder needs the HTTP header Idempotency-Key. WS-Security is not supported.</documentation>
  <types><xs:schema targetNamespace="${ORDERS_NAMESPACE}" elementFormDefault="qualified">${TYPES}
  </xs:schema></types>
  ${messages.join("")}
  <portType name="Orders">${port.join("")}</portType>
  ${BINDINGS.map(bindingOf).join("\n  ")}
  <service name="Orders">${BINDINGS.map(({ name, prefix }) => `<port name="${name}" binding="tns:${name}"><${prefix}:address location="${escaped(address)}"/></port>`).join("")}</service>
</definitions>
`;
}

function bindingOf({ name, prefix }: (typeof BINDINGS)[number]): string {
  const body = `<${prefix}:body use="literal"/>`;
  const operations = OPERATIONS.map(
    (it) =>
      `<operation name="${it}"><${prefix}:operation soapAction="${ORDERS_NAMESPACE}#${it}"/><input>${body}</input><output>${body}</output></operation>`,
  );
  const transport = `<${prefix}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>`;
  return `<binding name="${name}" type="tns:Orders">${transport}${operations.join("")}</binding>`;
}

/** The versions of which a request may be, by its media type. */
export function versionOf(mediaType: string): keyof typeof SOAP | undefined {
  const found = Object.entries(SOAP).find(([, it]) => it.mediaType === mediaType);
  return found?.[0] as keyof typeof SOAP | undefined;
}
