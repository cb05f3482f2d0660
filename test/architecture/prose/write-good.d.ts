declare module "write-good" {
  /** A place in a text that could be plainer. */
  interface Suggestion {
    readonly index: number;
    readonly offset: number;
    readonly reason: string;
  }
  /** Finds them; `checks` turns single checks off. */
  export default function writeGood(text: string, checks?: Readonly<Record<string, boolean>>): readonly Suggestion[];
}
