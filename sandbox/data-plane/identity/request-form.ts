import type { IncomingMessage } from "node:http";

const LONGEST_FORM_BYTES = 16 * 1024;

/** The fields of a form; throws `RangeError` if it is larger than anything that a person enters here. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_FORM_BYTES) throw new RangeError(`form of more than ${LONGEST_FORM_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
