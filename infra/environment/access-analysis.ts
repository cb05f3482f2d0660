import * as aws from "@pulumi/aws";
import type { Feature } from "../feature.ts";
import type { EnvironmentContext } from "./context.ts";

/** For how long a permission may lie idle before it is found, in days. */
const UNUSED_DAYS = 90;

/** Declares what watches: in every region for resources that are shared beyond the account, and once for permissions that nobody uses. */
export function accessAnalysis({ region, regions, provider }: EnvironmentContext): Feature {
  const shared = regions.map(
    (each) =>
      new aws.accessanalyzer.Analyzer(
        `access-${each}`,
        { analyzerName: "alicerce", type: "ACCOUNT", region: each },
        { provider },
      ),
  );
  const unused = new aws.accessanalyzer.Analyzer(
    "unused",
    {
      analyzerName: "alicerce-unused",
      type: "ACCOUNT_UNUSED_ACCESS",
      region,
      configuration: { unusedAccess: { unusedAccessAge: UNUSED_DAYS } },
    },
    { provider },
  );
  return { resources: [...shared, unused] };
}
