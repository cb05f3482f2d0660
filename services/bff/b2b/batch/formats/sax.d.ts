declare module "sax" {
  /** The part of the parser that is used here; see the README of sax 1.6. */
  export interface Parser {
    write(text: string): this;
    close(): this;
    error: Error | null;
    onerror: (error: Error) => void;
    onopentag: (tag: { readonly name: string; readonly attributes: { readonly [name: string]: string } }) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    ondoctype: (text: string) => void;
  }
  const sax: {
    /** A parser that tells of what it reads as it is written to. */
    parser(strict: boolean): Parser;
  };
  /** The package as CommonJS exports it. */
  export default sax;
}
