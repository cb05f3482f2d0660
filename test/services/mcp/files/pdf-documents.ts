/** A PDF of these objects, the first of which is its catalogue; references and lengths are the caller's affair. */
export function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const parts = [Buffer.from("%PDF-1.7\n")];
  const offsets: number[] = [];
  let at = parts[0]!.length;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n")]);
    offsets.push(at);
    parts.push(part);
    at += part.length;
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}

/** A stream with what its dictionary says beside its length. */
export function pdfStream(content: Buffer, dictionary = ""): Buffer {
  const begin = Buffer.from(`<< /Length ${content.length} ${dictionary} >>\nstream\n`);
  return Buffer.concat([begin, content, Buffer.from("\nendstream")]);
}

/** What draws some lines of text. */
export const textContent = (...lines: readonly string[]): Buffer =>
  pdfStream(Buffer.from(`BT /F1 12 Tf 72 700 Td ${lines.map((it) => `(${it}) Tj 0 -20 Td`).join(" ")} ET`));

/** A PDF of pages with these contents, which may claim another number of them. */
export function pdfOfPages(contents: readonly Buffer[], claimedCount = contents.length): Buffer {
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`).join(" ");
  return pdfOf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${claimedCount} /Kids [${kids}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...contents.flatMap((content, index) => [
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] " +
        `/Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
      content,
    ]),
  ]);
}
