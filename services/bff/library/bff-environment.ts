import type { HttpBindings } from "@hono/node-server";

/** What the parts that both BFFs share know of a request; a BFF's own environment extends it. */
export interface BffEnvironment {
  readonly Bindings: HttpBindings;
  Variables: {
    /** Made here for each request; never the caller's. */
    requestId: string;
    /** What the caller calls the chain of requests that this one is part of, else the request's id. */
    correlationId: string;
  };
}

/** The log as these parts use it. */
export interface BffLog {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}
