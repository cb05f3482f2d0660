/** What an element holds: text, further elements by name, or nothing; a list stands for so many elements of its name. */
export type XmlContent = string | number | boolean | undefined | readonly XmlContent[] | XmlElements;

/** Elements by their names, in this order. */
export interface XmlElements {
  readonly [name: string]: XmlContent;
}

const ESCAPED: { readonly [character: string]: string } = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };

/** A document as S3 writes them. */
export function xmlDocument(elements: XmlElements): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(elements)}`;
}

function written(content: XmlContent): string {
  if (typeof content !== "object") return String(content).replace(/[<>&"]/g, (it) => ESCAPED[it] ?? it);
  return Object.entries(content)
    .map(([name, it]) => element(name, it))
    .join("");
}

function element(name: string, content: XmlContent): string {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map((it: XmlContent) => element(name, it)).join("");
  return `<${name}>${written(content)}</${name}>`;
}
