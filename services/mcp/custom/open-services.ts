import type { z } from "zod";
import type { CustomConfig } from "./config.ts";
import type { CustomServices } from "./services.ts";

/** What the tools share. Whoever opens connections gives a `close: () => Promise<void>` with it. */
export interface OpenCustom {
  readonly services: CustomServices;
}

/** Makes what the tools share from the configuration. */
export function openServices(config: z.output<typeof CustomConfig>): OpenCustom {
  return { services: { terms: config.CUSTOM_TERMS } };
}
