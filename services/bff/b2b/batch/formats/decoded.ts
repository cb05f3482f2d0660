import { TextDecoder } from "node:util";
import { FileFault } from "../row.ts";

/**
 * The text of a file in UTF-8, or in UTF-16 if it says so by a byte order mark, which is removed. Bytes that are no text become
 * U+FFFD, by which the row that holds them is found.
 */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = new Uint8Array(0);
  for await (const chunk of bytes) {
    if (decoder !== undefined) yield decoder.decode(chunk, { stream: true });
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < 4) continue;
      decoder = decoderOf(head);
      yield decoder.decode(head, { stream: true });
    }
  }
  decoder ??= decoderOf(head);
  yield decoder.decode(head.length < 4 ? head : undefined);
}

/** UTF-16 without a mark has zeros among its first bytes, and so has UTF-32. */
function decoderOf(head: Uint8Array): TextDecoder {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) return new TextDecoder("utf-16le");
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be");
  if (head.subarray(0, 4).includes(0))
    throw new FileFault("ERR_FILE_ENCODING", "the file must be UTF-8, or UTF-16 with a byte order mark");
  return new TextDecoder("utf-8");
}
