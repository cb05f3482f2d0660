import { SIGNED_IN_PATH } from "../../../contracts/bff/paths.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { Value } from "../../engine/value.ts";
import { bundleOf } from "../../facts/bundle.ts";
import { findBy } from "../../facts/reach/find.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { settingsOf } from "../../facts/workloads.ts";
import { clientIdOf } from "../liveness/checks/token-functions.ts";
import type { Fit } from "./fit.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** A BFF is a client of the tenant's pool: people come back to it by its own addresses, and its tokens are those of its client. */
export function signInFits(platform: Platform): readonly Fit[] {
  const bffs = platform.ofType(TYPE.deployment).filter(({ stack }) => stack.isOurs);
  return bffs.flatMap((at): readonly Fit[] => {
    const bundle = bundleOf(at.resource);
    const { name } = at.resource;
    if (bundle === "bff-b2c") {
      const watched = `"${name}" must have alarms on SignInThrottles and SignInSuccesses of its client.`;
      return [
        { at, isFit: () => comesBack(platform, at), mend: `"${name}" must be where its client sends people back.` },
        { at, isFit: () => isWatched(at), mend: watched },
      ];
    }
    const mend = `"${name}" must be the client whose tokens its function hands out.`;
    return bundle === "bff-b2b" ? [{ at, isFit: () => isOfFunction(at), mend }] : [];
  });
}

function told({ resource }: Placed, name: string): string | undefined {
  return settingsOf(resource)
    .find((it) => it.name === name)
    ?.read();
}

function comesBack(platform: Platform, bff: Placed): boolean {
  const client = findBy(platform, TYPE.userPoolClient, "id", told(bff, "CLIENT_ID"))?.resource;
  const url = told(bff, "PUBLIC_URL") ?? "";
  return (
    client?.texts("callbackUrls").includes(`${url}${SIGNED_IN_PATH}`) === true &&
    client.texts("logoutUrls").includes(`${url}/`)
  );
}

/** Whether somebody hears that people are throttled, and that most of them fail. */
function isWatched(bff: Placed): boolean {
  const client = told(bff, "CLIENT_ID");
  const isOf = (it: Value, metric: string): boolean =>
    it.text("namespace") === "AWS/Cognito" &&
    it.text("metricName") === metric &&
    it.text("dimensions.UserPoolClient") === client;
  const alarms = bff.stack.ofType(ALARM);
  return (
    alarms.some((it) => isOf(it, "SignInThrottles")) &&
    alarms.some((it) => {
      const measured = it.list("metricQueries").flatMap((one) => one.list("metric"));
      return measured.length > 0 && measured.every((one) => isOf(one, "SignInSuccesses"));
    })
  );
}

function isOfFunction(bff: Placed): boolean {
  const { stack } = bff;
  const named = stack.ofType(TYPE.function).find((it) => it.text("name") === told(bff, "TOKEN_FUNCTION"));
  return named !== undefined && clientIdOf({ resource: named, stack }) === told(bff, "CLIENT_ID");
}
