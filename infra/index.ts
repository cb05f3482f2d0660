import { program } from "./program.ts";

/** Pulumi's entry point: the stack's name is the address to build. */
export default () => program();
