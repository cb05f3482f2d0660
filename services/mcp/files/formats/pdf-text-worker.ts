import { parentPort, workerData } from "node:worker_threads";
import { getDocumentProxy } from "unpdf";
import type { PDFDocumentProxy } from "unpdf/pdfjs";
import type { PdfAnswer, PdfRange, PdfText } from "./pdf-text.ts";

const { bytes, range } = workerData as { readonly bytes: Uint8Array; readonly range: PdfRange };

parentPort?.postMessage(await textOf().catch((error: unknown): PdfAnswer => ({ fault: String(error) })));

async function textOf(): Promise<PdfText> {
  const document = await getDocumentProxy(bytes, { verbosity: 0 });
  const { numPages: pages } = document;
  const texts: string[] = [];
  let left = range.maxCharacters;
  const end = Math.min(pages + 1, range.firstPage + range.maxPages);
  for (let number = range.firstPage; number < end && left > 0; number++) {
    const text = await textOfPage(document, number);
    if (text.length > left && texts.length > 0) break;
    texts.push(text.slice(0, left));
    left -= text.length;
  }
  return { pages, texts, isCut: left < 0 };
}

async function textOfPage(document: PDFDocumentProxy, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  return items.map((it) => ("str" in it ? it.str + (it.hasEOL ? "\n" : "") : "")).join("");
}
