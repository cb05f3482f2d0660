import { XMLParser, type X2jOptions } from "fast-xml-parser";

const ALWAYS = {
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Without it, references to characters by number stay as they are.
  htmlEntities: true,
  maxNestedTags: 64,
} as const;

/** Makes a parser of well-formed XML; a document type, which could declare entities, is refused unread. Throws an `Error`. */
export function strictXml(options: X2jOptions): (text: string) => unknown {
  const parser = new XMLParser({ ...options, ...ALWAYS });
  return (text) => {
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Error("a document type is not supported");
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package of its own, and without it half a document passes as a whole one
    return parser.parse(text, true) as unknown;
  };
}
