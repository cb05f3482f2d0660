import { builtBundle, BundleError, bundleFolders } from "../../infra/artifacts/built-bundle.ts";
import { PROJECT } from "../engine/folders.ts";
import type { Bundle } from "./bundle.ts";
import { servicesOf } from "./services.ts";

/** What the system says of a folder that cannot be written; Node.js says ENOENT where a new folder meets a read-only disk. */
const UNWRITABLE: readonly unknown[] = ["EACCES", "EPERM", "EROFS", "ENOENT"];

/** The bundles are missing or old, and there is no place for new ones. */
export class UnwritableError extends Error {
  readonly code = "ERR_UNWRITABLE";
}

/** Builds what the stacks deploy as functions, where that is missing or older than its sources. Throws `UnwritableError`. */
export async function ensureBundles(project = PROJECT, home = process.env["ALICERCE_HOME"]): Promise<void> {
  const lambdas = servicesOf(project).filter((it) => it.kind === "lambda");
  await Promise.all(
    lambdas.map(async (service) => {
      try {
        await builtBundle(service.name, project);
      } catch (error) {
        if (!(error instanceof BundleError)) throw error;
        const { bundle } = await import("./bundle.ts");
        await writeWherePossible(await bundle(service, project), project, bundleFolders(project, home));
      }
    }),
  );
}

async function writeWherePossible(bundle: Bundle, project: string, folders: readonly string[]): Promise<void> {
  const { writeBundle } = await import("./bundle.ts");
  let cause: unknown;
  for (const it of folders) {
    try {
      await writeBundle(bundle, project, it);
      return;
    } catch (error) {
      if (!UNWRITABLE.includes((error as NodeJS.ErrnoException).code)) throw error;
      cause = error;
    }
  }
  throw new UnwritableError(
    `what the stacks deploy must be built, and ${folders.join(" and ")} cannot be written: ` +
      "set ALICERCE_HOME to a folder that can, or run `npm run build` where the checkout can be written",
    { cause },
  );
}
