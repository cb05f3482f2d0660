/** Environments as they are found, by name: nobody has looked at their types yet. */
export type Environments = Readonly<Record<string, unknown>>;

/** The way to a value in an environment. */
export type Key = readonly PropertyKey[];

/** Something that is wrong with a value of an environment. */
export type Found = readonly [key: Key, message: string];

/** The file of an environment, from the root of the checkout. */
export function fileOf(name: string): string {
  return `environments/${name}.ts`;
}
