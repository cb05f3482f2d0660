import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilesCaller } from "../../../../../services/mcp/files/store/caller-folder.ts";
import { keyOf, pathOf } from "../../../../../services/mcp/files/store/tenant-path.ts";

const machine: FilesCaller = { tenantId: "acme", kind: "machine" };

describe("a path", () => {
  test.each(["a.txt", "folder/b.csv", "Relatório anual (2026).md", "日本/語.json", "a-b_c+d=e,@.xml"])(
    "%s is a key of the tenant",
    (path) => {
      expect(keyOf(machine, path)).toBe(`acme/${path}`);
      expect(pathOf(machine, keyOf(machine, path))).toBe(path);
    },
  );

  test.each([
    "",
    ".",
    "..",
    "../other/a.txt",
    "a/../../other/a.txt",
    "a/./b.txt",
    "a//b.txt",
    "/etc/passwd",
    "a/",
    ".hidden",
    "a/.staging/b.txt",
    "a.",
    "a. /b.txt",
    "..%2fother",
    "%2e%2e/other/a.txt",
    "%252e%252e/other/a.txt",
    "..\\other\\a.txt",
    "a\\b.txt",
    "C:\\a.txt",
    "C:a.txt",
    "\\\\host\\share",
    "a\u0000.txt",
    "a\n.txt",
    "a\u007f.txt",
    "．．/other/a.txt",
    "‥/other/a.txt",
    "a／b.txt",
    "a∕b.txt",
    "a\u2044b.txt",
    "a\u202etxt.exe",
    "a\u200b.txt",
    "\ufeffa.txt",
    "e\u0301.txt",
    "a\ud800.txt",
    "~/a.txt",
    "s3://other/a.txt",
    "a?versionId=1.txt",
    "a*.txt",
    "a".repeat(901),
  ])("%j is refused", (path) => {
    expect(() => keyOf(machine, path)).toThrow(
      expect.objectContaining({ code: "ERR_PATH_INVALID", field: "path" }) as Error,
    );
  });

  test("never leads out of the tenant's prefix, whatever it is", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("..", ".", "/", "\\", "%2e", "%2f", "．", "a", "\0"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        let key: string;
        try {
          key = keyOf(machine, pieces.join(""));
        } catch {
          return;
        }
        const { pathname } = new URL(`http://bucket/${key.split("/").map(encodeURIComponent).join("/")}`);
        expect(decodeURIComponent(pathname)).toBe(`/${key}`);
        expect(
          key
            .split("/")
            .slice(1)
            .every((name) => name !== "" && name !== "." && name !== ".."),
        ).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});
