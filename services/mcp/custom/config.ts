import * as z from "zod";
import { HostConfig, jsonText } from "../../libraries/mcp-host/config.ts";

const Terms = z
  .record(z.string().min(1).max(64), z.string().min(1).max(1_000))
  .transform((it): ReadonlyMap<string, string> => new Map(Object.entries(it)));

/** What the custom server must be given; every fault is reported at once. */
export const CustomConfig = HostConfig.extend({
  /** The terms that are explained and their meanings, as JSON. */
  CUSTOM_TERMS: jsonText.pipe(Terms).prefault('{"tenant":"Whoever the data belongs to."}'),
});

/** The names that `infra` must supply. */
export type CustomEnvironment = z.input<typeof CustomConfig>;
