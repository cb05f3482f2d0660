import { UNKNOWN } from "../model.ts";

/** The key that marks an object as a special value (a secret, an output, an asset), on the wire and in a state file. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The values of that key which say what is wrapped: a secret, or an output that may be unknown. */
export const SIGNED = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** How the wire writes an unknown string; JSON files of plans use it too. Source: `sdk/go/common/resource/plugin` of pulumi/pulumi. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** How the wire writes an unknown string, boolean, number, list, asset, archive and object. */
const UNKNOWN_TEXTS = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A string of the wire: itself, or `UNKNOWN`. */
export function decodeText(text: string): unknown {
  return UNKNOWN_TEXTS.has(text) ? UNKNOWN : text;
}

/** An object of the wire whose members are decoded already: itself, or the value that its signature wraps. */
export function decodeObject(members: Readonly<Record<string, unknown>>): unknown {
  switch (members[SIGNATURE]) {
    case SIGNED.secret:
      return "value" in members ? members["value"] : UNKNOWN; // in a state file only the ciphertext is there
    case SIGNED.output:
      return "value" in members ? members["value"] : UNKNOWN;
    default:
      return members;
  }
}
