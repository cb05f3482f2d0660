import { development } from "./development.ts";
import { production } from "./production.ts";
import type { Environment } from "./schema.ts";
import { staging } from "./staging.ts";

/** Every environment that can be deployed, by name. */
export const environments: Readonly<Record<string, Environment>> = { development, production, staging };
