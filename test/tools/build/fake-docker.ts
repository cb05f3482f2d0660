import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The digest of every image that the stand-in builds. */
export const BUILT_DIGEST = `sha256:${"ab".repeat(32)}`;

/** A stand-in for Docker that comes first on PATH: it writes down what it is asked for, and answers with a digest. */
export class FakeDocker {
  readonly folder = mkdtempSync(join(tmpdir(), "alicerce-docker-"));
  readonly path = [this.folder, process.env["PATH"]].join(delimiter);
  readonly #before = process.env["PATH"];
  readonly #log = join(this.folder, "calls");
  readonly #refused = join(this.folder, "refused");

  constructor() {
    const file = join(this.folder, "docker");
    writeFileSync(this.#refused, "");
    writeFileSync(
      file,
      `#!/bin/sh
echo "$@" >> '${this.#log}'
while read -r name; do case "$*" in *" $name@"*) exit 1;; esac; done < '${this.#refused}'
while [ $# -gt 1 ]; do
  [ "$1" = --metadata-file ] && echo '{"containerimage.digest":"${BUILT_DIGEST}"}' > "$2"
  shift
done
exit 0
`,
    );
    chmodSync(file, 0o755);
    process.env["PATH"] = this.path;
  }

  /** From now on gives out no image of this repository. */
  refuses(repository: string): void {
    appendFileSync(this.#refused, `${repository}\n`);
  }

  /** What it was asked for, one call a line. */
  calls(): readonly string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, "utf8").trim().split("\n") : [];
  }

  remove(): void {
    process.env["PATH"] = this.#before;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
