import * as pulumi from "@pulumi/pulumi";
import { type BuiltBundle, BundleError, builtBundle } from "./built-bundle.ts";

/** The code of a function, whose `index.mjs` exports `handler`. */
export interface LambdaCode {
  /** By what it is told from other code of the same service. */
  readonly digest: string;
  /** The code, with files of this content beside it. */
  readonly archive: (files?: Readonly<Record<string, string>>) => pulumi.asset.Archive;
}

/** Many stacks may be planned in one process. */
const codes = new Map<string, Promise<LambdaCode>>();

/** The code of a service's function, as it was built from what its sources say now; rejects with a `RunError` otherwise. */
export function lambdaCode(service: string): Promise<LambdaCode> {
  const code = codes.get(service) ?? builtBundle(service).then(codeOf, inWordsOfPulumi);
  codes.set(service, code);
  return code;
}

function codeOf({ files: built, digest }: BuiltBundle): LambdaCode {
  const archive: LambdaCode["archive"] = (files = {}) =>
    new pulumi.asset.AssetArchive({
      ...mapped(built, (it) => new pulumi.asset.FileAsset(it)),
      ...mapped(files, (it) => new pulumi.asset.StringAsset(it)),
    });
  return { digest, archive };
}

function mapped<T>(of: Readonly<Record<string, string>>, to: (value: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)]));
}

function inWordsOfPulumi(error: unknown): never {
  throw error instanceof BundleError ? new pulumi.RunError(error.message) : error;
}
