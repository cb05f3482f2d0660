import type sharp from "sharp";
import type { Metadata, Sharp, SharpOptions } from "sharp";
import { Problem } from "../../../libraries/service-kit/problem.ts";

/** How an image is written. */
export type ImageFormat = "png" | "jpeg" | "webp";

/** An image, ready to be stored or sent. */
export interface Image {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const MOST_PIXELS = 50_000_000;
/** Of the pixels of a PNG: it may take as many bytes as they do, and is written in memory. */
const MOST_PNG_BYTES = 64 * 1024 * 1024;
const TIME_LIMIT_SECONDS = 10;
const INPUT: SharpOptions = { limitInputPixels: MOST_PIXELS, failOn: "error", autoOrient: true };

/**
 * Writes an image anew, at most `maxEdge` pixels wide and high and never larger than it was, upright, in sRGB, without metadata. Nothing but PNG,
 * JPEG and WebP is read, whatever the extension says: no SVG or PDF, which lead elsewhere.
 */
export async function writeImage(body: Buffer, format: ImageFormat, maxEdge: number): Promise<Image> {
  const read = await loadSharp();
  try {
    const source = read(body, INPUT);
    if (format === "png") checkPng(await source.metadata(), maxEdge);
    const image = source
      .timeout({ seconds: TIME_LIMIT_SECONDS })
      .resize({ width: maxEdge, height: maxEdge, fit: "inside", withoutEnlargement: true });
    const { data, info } = await written(image, format).toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (cause) {
    throw cause instanceof Problem ? (cause as Problem) : imageProblem(cause);
  }
}

function written(image: Sharp, format: ImageFormat): Sharp {
  // JPEG knows no transparency; without a background it would turn black.
  return format === "jpeg" ? image.flatten({ background: "#ffffff" }).jpeg() : image.toFormat(format);
}

/** Refuses a PNG by the size that it would have, before a pixel is read. */
function checkPng({ width, height, channels }: Metadata, maxEdge: number): void {
  const scale = Math.min(1, maxEdge / width, maxEdge / height);
  const bytes = Math.round(width * scale) * Math.round(height * scale) * channels;
  if (bytes <= MOST_PNG_BYTES) return;
  const reason = `its pixels have ${bytes} bytes as PNG, more than ${MOST_PNG_BYTES}`;
  throw new Problem("ERR_IMAGE_TOO_LARGE", reason, `the image is too large: ${reason}; ask for a smaller maxEdge`);
}

function imageProblem(cause: unknown): Problem {
  const { message } = cause as Error;
  if (/pixel limit|timeout/.test(message)) {
    const allowed = `more than ${MOST_PIXELS} pixels or ${TIME_LIMIT_SECONDS} seconds of work`;
    return new Problem("ERR_IMAGE_TOO_LARGE", message, `the image is too large: ${allowed}`, { cause });
  }
  return new Problem("ERR_IMAGE_INVALID", message, "the file is not a PNG, JPEG or WebP image that can be read", {
    cause,
  });
}

let loading: Promise<typeof sharp> | undefined;

/** Loads the native library when the first image comes: it is an eighth of a second and 20 MB that most servers never need. */
function loadSharp(): Promise<typeof sharp> {
  loading ??= import("sharp").then(({ default: library }) => {
    library.block({ operation: ["VipsForeignLoad"] });
    library.unblock({
      operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
    });
    library.cache(false);
    library.concurrency(1);
    return library;
  });
  return loading;
}
