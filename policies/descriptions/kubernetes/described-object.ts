import type { Description, Descriptions } from "../description.ts";

/**
 * The description of a Kubernetes type. Its provider goes by the inputs `apiVersion` and `kind`, whatever the type's token says, so
 * only the type's own are accepted, and both must be there.
 */
export function object(type: string, { accepts, needs = [], ...description }: Description): Descriptions {
  const [, apiVersion = "", kind = ""] = type.split(":");
  const own = apiVersion.startsWith("core/") ? apiVersion.slice("core/".length) : apiVersion;
  return {
    [type]: {
      ...description,
      accepts: { ...accepts, apiVersion: [own], kind: [kind] },
      needs: [...needs, "apiVersion", "kind"],
    },
  };
}
