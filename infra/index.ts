import { program } from "./program.ts";

/** Pulumi's entry point: the stack's name is the address to build. */
export default () => {
  // Pulumi's runner looks up each stack trace in source maps, for a fifth of the program's time. Types are stripped in place here, so that
  // the positions that Node.js itself gives are right.
  Reflect.deleteProperty(Error, "prepareStackTrace");
  return program();
};
