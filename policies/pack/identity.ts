import manifest from "../package.json" with { type: "json" };

/** The pack's name and version, which every diagnostic carries. */
export const PACK = { name: manifest.name, version: manifest.version, description: manifest.description } as const;
