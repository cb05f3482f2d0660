/** What no rule and no proof refuses yet, by list and theme. Each is tested to be missed, so that the list shrinks with what is built. */
export const NOT_FOUND: Readonly<Record<string, readonly string[]>> = {
  "leaks/keys": ["a server believes a second signer"],
  "leaks/movers": ["alerts leave for a chat"],
  "leaks/telemetry": ["developers read all traces"],
  "leaks/tokens": ["codes go anywhere", "Cedar does not ask for the tenant"],
  "cuts/networks": ["a public subnet without an internet gateway"],
  "cuts/tokens": ["a token function of another client"],
};
