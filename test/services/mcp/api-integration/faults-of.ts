import { DescriptionError } from "../../../../services/mcp/api-integration/api-problem.ts";

/** A part of a description. */
export interface Json {
  readonly [key: string]: unknown;
}

/** The faults by which a description is refused; none if it is not. */
export async function faultsOf(read: () => unknown): Promise<readonly string[]> {
  try {
    await read();
    return [];
  } catch (error) {
    if (error instanceof DescriptionError) return error.faults;
    throw error;
  }
}
