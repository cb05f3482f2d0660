import { Problem } from "../../../libraries/service-kit/problem.ts";
import { extensionOf, imageFormatOf, withoutGzip } from "./file-type.ts";
import { LARGEST_SOURCE_BYTES, type FilesCall } from "../files-services.ts";
import { heavyWork } from "./heavy-work.ts";
import { writeImage } from "./image.ts";
import { pdfText } from "./pdf-text.ts";
import { readFile, readText } from "../store/stored-file.ts";
import { convertTable } from "./table-conversion.ts";
import { tableFormatOf } from "./table-format.ts";

/** What a conversion made, and what there is to say of it. */
export interface Converted {
  readonly body: Buffer;
  readonly rows?: number;
  readonly pages?: number;
  readonly width?: number;
  readonly height?: number;
}

/** From where to where, and how large at most if it is an image. */
export interface ConversionRequest {
  readonly from: string;
  readonly to: string;
  readonly maxEdge: number;
}

const MOST_PAGES = 500;
const MOST_CHARACTERS = 1_000_000;

/** Converts a file of the caller, by the extensions of the paths; throws `ERR_FILE_TYPE` for extensions between which there is no way. */
export async function convert(call: FilesCall, request: ConversionRequest): Promise<Converted> {
  const { from, to } = request;
  const [source, result] = [tableFormatOf(withoutGzip(from)), tableFormatOf(to)];
  if (source !== undefined && result !== undefined) {
    const { body, rows } = await heavyWork(call, async () =>
      convertTable({ source, result, text: await readText(call, from) }, call.signal),
    );
    return { body: Buffer.from(body.buffer), rows };
  }
  if (extensionOf(from) === "pdf" && extensionOf(to) === "txt") return convertPdf(call, from);
  const format = imageFormatOf(to);
  if (imageFormatOf(from) !== undefined && format !== undefined) return convertImage(call, request, format);
  const ways = "CSV, JSON and XML tables, PNG, JPEG and WebP images, each among themselves, and PDF into .txt";
  const reason = `from "${extensionOf(from)}" to "${extensionOf(to)}"`;
  throw new Problem("ERR_FILE_TYPE", reason, `there is no conversion ${reason}; there is for ${ways}`, { field: "to" });
}

async function convertPdf(call: FilesCall, path: string): Promise<Converted> {
  const { pages, texts, isCut } = await heavyWork(call, async () => {
    const body = await readFile(call, path, LARGEST_SOURCE_BYTES);
    return pdfText(body, { firstPage: 1, maxPages: MOST_PAGES, maxCharacters: MOST_CHARACTERS }, call.signal);
  });
  if (!isCut && texts.length === pages) return { body: Buffer.from(texts.join("\f")), pages };
  const reason = `the PDF has more than ${MOST_PAGES} pages or ${MOST_CHARACTERS} characters`;
  throw new Problem("ERR_PDF_TOO_LARGE", reason, `${reason}; read-pdf reads some pages of it`, { field: "from" });
}

async function convertImage(
  call: FilesCall,
  { from, maxEdge }: ConversionRequest,
  format: Parameters<typeof writeImage>[1],
): Promise<Converted> {
  const { bytes: body, ...size } = await heavyWork(call, async () =>
    writeImage(await readFile(call, from, LARGEST_SOURCE_BYTES), format, maxEdge),
  );
  return { body, ...size };
}
