import { builtBundle, BundleError } from "../../infra/artifacts/built-bundle.ts";
import { PROJECT } from "../engine/folders.ts";
import { servicesOf } from "./services.ts";

/** Builds what the stacks deploy as functions, where that is missing or older than its sources. */
export async function ensureBundles(project = PROJECT): Promise<void> {
  const lambdas = servicesOf(project).filter((it) => it.kind === "lambda");
  await Promise.all(
    lambdas.map(async (service) => {
      try {
        await builtBundle(service.name, project);
      } catch (error) {
        if (!(error instanceof BundleError)) throw error;
        const { bundle, writeBundle } = await import("./bundle.ts");
        await writeBundle(await bundle(service, project), project);
      }
    }),
  );
}
