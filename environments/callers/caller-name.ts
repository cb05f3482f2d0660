/** The name of a system that calls as itself, short enough for the names of its resources. */
export const CALLER_NAME = /^(?=.{1,24}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** What such a name must be, in words with an example. */
export function callerNamed(example: string): string {
  return `a name of at most 24 characters, such as "${example}", in lower case`;
}
