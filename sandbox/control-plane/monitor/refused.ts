import type { CheckFailure } from "../catalogue/spec.ts";

/** A program asked for something that the cloud would refuse: the message names the resource, each property and the reason. */
export class RefusedError extends Error {
  readonly code = "ERR_REFUSED";
}

/** What a refusal names: the type and logical name of a resource. */
interface Named {
  readonly type: string;
  readonly name: string;
}

/** Throws `RefusedError` when there are failures. */
export function refuseIfAny(resource: Named, failures: readonly CheckFailure[]): void {
  if (failures.length > 0) throw refusalOf(resource, failures);
}

/** The error that tells all failures of one resource. */
export function refusalOf({ type, name }: Named, failures: readonly CheckFailure[]): RefusedError {
  const list = failures.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`));
  return new RefusedError(`${type} "${name}": ${list.join("; ")}`);
}
