import { z } from "zod";
import { HostConfig, jsonText } from "../../libraries/mcp-host/config.ts";
import { BackendSettings } from "./http/backend-settings.ts";

/** What the API integration server must be given; every fault is reported at once. */
export const ApiIntegrationConfig = HostConfig.extend({
  /** JSON: for the name of each API, where its backend is and what its secret is called. */
  BACKENDS: jsonText.pipe(z.record(z.string(), BackendSettings)),
  /** Folder with `apis.json` and the descriptions; the shipped example without. */
  APIS_FOLDER: z.string().min(1).optional(),
  /** Folder with a file per secret, in place of AWS Secrets Manager. */
  SECRETS_FOLDER: z.string().min(1).optional(),
});

/** The names that `infra` must supply. */
export type ApiIntegrationEnvironment = z.input<typeof ApiIntegrationConfig>;
