import type * as pulumi from "@pulumi/pulumi";

/** The variables of a service, as its configuration's type says, of values that other resources may yet have to tell. */
export type Inputs<Environment> = { readonly [Name in keyof Environment]: pulumi.Input<Environment[Name]> };

/** The variables as a process gets them; what is missing of them did not compile. */
export function variables<Environment extends object>(
  environment: Inputs<Environment>,
): Readonly<Record<string, pulumi.Input<string>>> {
  return { ...environment } as Readonly<Record<string, pulumi.Input<string>>>;
}
