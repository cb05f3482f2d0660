import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type BuiltBundle, BundleError, builtBundle, PROJECT } from "./built-bundle.ts";

/** The code of a function, whose `index.mjs` exports `handler`. */
export interface LambdaCode {
  /** By what it is told from other code of the same service. */
  readonly digest: string;
  /** The code, with files of this content beside it. */
  readonly archive: (files?: Readonly<Record<string, string>>) => pulumi.asset.Archive;
}

/** What was found so far, by service and checkout: many stacks are planned in one process. A failure is not kept. */
const found = new Map<string, LambdaCode>();

/** The code of a service's function, as it was built from what its sources say now; rejects with a `RunError` otherwise. */
export async function lambdaCode(service: string, project = PROJECT): Promise<LambdaCode> {
  const key = path.join(project, service);
  const code = found.get(key) ?? codeOf(await builtBundle(service, project).catch(inWordsOfPulumi));
  found.set(key, code);
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
