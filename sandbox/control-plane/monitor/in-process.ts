import grpc from "@grpc/grpc-js";

type Reply<R> = (error: Partial<grpc.StatusObject> | null, response?: R) => void;

/** A handler of a unary gRPC method. */
export type Unary<Q, R> = (call: { readonly request: Q }, reply: Reply<R>) => void;

/** The methods of a gRPC client that calls handlers in the same process; as in gRPC's own clients, the last argument is the callback. */
export function clientOf(methods: grpc.UntypedServiceImplementation): object {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      (request: unknown, ...rest: readonly unknown[]) =>
        (method as Unary<unknown, unknown>)({ request }, rest.at(-1) as Reply<unknown>),
    ]),
  );
}

/** A handler that replies with what `handle` returns, or with its error, whose message `onRefusal` is told. */
export function answer<Q, R>(
  onRefusal: (message: string) => void,
  handle: (request: Q) => R | Promise<R>,
): Unary<Q, R> {
  return ({ request }, reply) => {
    void (async () => handle(request))().then(
      (response) => reply(null, response),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        onRefusal(message);
        reply(Object.assign(new Error(message), { code: grpc.status.UNKNOWN, details: message }));
      },
    );
  };
}

/** All methods of a service, each of which refuses with `UNIMPLEMENTED`. */
export function unimplemented(service: object): grpc.UntypedServiceImplementation {
  const refuse: Unary<unknown, never> = (_, reply) =>
    reply({ code: grpc.status.UNIMPLEMENTED, details: "not part of a plan" });
  return Object.fromEntries(Object.keys(service).map((method) => [method, refuse]));
}
