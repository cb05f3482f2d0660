import { ImageRegistry } from "../../components/compute/image-registry.ts";
import { imageNames } from "../../releases/images.ts";
import type { Feature } from "../feature.ts";
import { onlyProviders } from "../providers.ts";
import type { EnvironmentContext } from "./context.ts";

/**
 * Declares the registries of all regions. They are in the environment's stack because a region runs images itself: they must be pushed
 * before its own stack begins.
 */
export function environmentImages({ address, regions, provider }: EnvironmentContext): Feature {
  const { account } = address.environment;
  const registries = regions.map(
    (region) =>
      new ImageRegistry(
        `images-${region}`,
        { place: { account, region }, images: imageNames() },
        onlyProviders(provider),
      ),
  );
  return { resources: registries };
}
