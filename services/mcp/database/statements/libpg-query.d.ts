/** PostgreSQL's parser as WebAssembly: the module below `libpg-query`, of which an instance can be replaced. */
declare module "libpg-query/wasm/libpg-query.js" {
  /** One instance, with its own memory. */
  export interface PgQueryModule {
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, bytes: number): void;
    UTF8ToString(pointer: number): string;
    getValue(pointer: number, type: "i32"): number;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(sql: number): number;
    _wasm_free_parse_result(result: number): void;
  }

  /** Makes an instance from the file `libpg-query.wasm`, which lies beside the code. */
  export default function makeModule(): Promise<PgQueryModule>;
}
