import type sharp from "sharp";
import type { Sharp, SharpOptions } from "sharp";
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
const TIME_LIMIT_SECONDS = 10;
const INPUT: SharpOptions = { limitInputPixels: MOST_PIXELS, failOn: "error", autoOrient: true };

/**
 * Writes an image anew, at most `maxEdge` pixels wide and high and never larger than it was, upright, in sRGB, without metadata. Nothing but PNG,
 * JPEG and WebP is read, whatever the ending says: no SVG or PDF, which lead elsewhere.
 */
export async function writeImage(body: Buffer, format: ImageFormat, maxEdge: number): Promise<Image> {
  const read = await loadSharp();
  try {
    const image = read(body, INPUT)
      .timeout({ seconds: TIME_LIMIT_SECONDS })
      .resize({ width: maxEdge, height: maxEdge, fit: "inside", withoutEnlargement: true });
    const { data, info } = await written(image, format).toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (cause) {
    throw imageProblem(cause);
  }
}

function written(image: Sharp, format: ImageFormat): Sharp {
  // JPEG knows no transparency; without a background it would turn black.
  return format === "jpeg" ? image.flatten({ background: "#ffffff" }).jpeg() : image.toFormat(format);
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
