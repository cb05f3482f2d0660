const LINE_END = /\r\n|\n|\r/;

/** The data of each event of a stream, as they come; throws as soon as one that has not ended exceeds `limit` characters. */
export async function* eventData(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<string> {
  let line: string[] = [];
  let data: string[] = [];
  let length = 0;
  for await (const text of decoded(chunks)) {
    length += text.length;
    const [head = "", ...others] = text.split(LINE_END);
    line.push(head);
    for (const next of others) {
      const whole = line.join("");
      line = [next];
      if (whole.startsWith("data:")) data.push(whole.slice(whole.startsWith("data: ") ? 6 : 5));
      if (whole !== "") continue;
      if (data.length > 0) yield data.join("\n");
      data = [];
      length = next.length;
    }
    if (length > limit) throw new RangeError(`an event exceeds ${limit} characters`);
  }
}

/** Text in which no line end is cut in two. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isInLineEnd = false;
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text === "") continue;
    yield isInLineEnd && text.startsWith("\n") ? text.slice(1) : text;
    isInLineEnd = text.endsWith("\r");
  }
}

/** A message as an event of a stream. */
export function event(message: unknown): string {
  return `event: message\ndata: ${JSON.stringify(message)}\n\n`;
}
