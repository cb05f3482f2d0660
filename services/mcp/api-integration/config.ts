import { z } from "zod";
import { JsonFault, parseStrictJson } from "../../shared/strict-json.ts";
import { HostConfig } from "../server/config.ts";
import { BackendSettings } from "./http/backend-settings.ts";

const json = z.string().transform((text, context) => {
  try {
    return parseStrictJson(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof JsonFault ? error.message : "text is not JSON" });
    return z.NEVER;
  }
});

/** What the API integration server must be given; every fault is reported at once. */
export const ApiIntegrationConfig = HostConfig.extend({
  /** JSON: for the name of each API, where its backend is and what its secret is called. */
  BACKENDS: json.pipe(z.record(z.string(), BackendSettings)),
  /** Folder with `apis.json` and the descriptions; the shipped example without. */
  APIS_FOLDER: z.string().min(1).optional(),
  /** Folder with a file per secret, in place of AWS Secrets Manager. */
  SECRETS_FOLDER: z.string().min(1).optional(),
});

/** The names that `infra` must supply. */
export type ApiIntegrationEnvironment = z.input<typeof ApiIntegrationConfig>;
