import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackTrace } from "@pulumi/pulumi/proto/source_pb.js";
import type { Source } from "../../../plan/model.ts";

const PROJECT = fileURLToPath(new URL("../../..", import.meta.url));

/** Code below these folders runs programs, and is none. */
const NO_PROGRAMS = /^(?:\.\.|node_modules|sandbox|tools)(?:\/|$)/;

/** The innermost place in the project's programs from which a resource was registered; `undefined` where there is none. */
export function sourceOf(trace: StackTrace | undefined): Source | undefined {
  for (const frame of trace?.getFramesList() ?? []) {
    const position = frame.getPc();
    if (position === undefined) continue;
    const file = path.relative(PROJECT, fileOf(position.getUri())).replaceAll(path.sep, "/");
    if (!NO_PROGRAMS.test(file)) return { file, line: position.getLine() };
  }
  return undefined;
}

/** The SDK takes the URL of an ECMAScript module for a relative path, and puts the working directory before it. */
function fileOf(uri: string): string {
  return fileURLToPath(uri.replace(/^file:.*\/file:\/+/, "file:///"));
}
