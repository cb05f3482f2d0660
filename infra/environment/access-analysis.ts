import * as aws from "@pulumi/aws";
import type { Feature } from "../feature.ts";
import type { EnvironmentContext } from "./context.ts";

/** Declares in every region what watches for resources that are shared beyond the account. */
export function accessAnalysis({ regions, provider }: EnvironmentContext): Feature {
  const resources = regions.map(
    (region) =>
      new aws.accessanalyzer.Analyzer(
        `access-${region}`,
        { analyzerName: "alicerce", type: "ACCOUNT", region },
        { provider },
      ),
  );
  return { resources };
}
