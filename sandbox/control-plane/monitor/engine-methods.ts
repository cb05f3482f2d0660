import type grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { answer, unimplemented } from "./in-process.ts";

/** The methods of the `Engine` protocol for one program; what the program logs is added to `errors` and `warnings`. */
export function engineMethods({
  errors,
  warnings,
}: {
  readonly errors: string[];
  readonly warnings: string[];
}): grpc.UntypedServiceImplementation {
  let root = "";
  const onRefusal = (): void => undefined;
  return {
    ...unimplemented(engineGrpc.EngineService),
    log: answer(onRefusal, (it: engine.LogRequest) => {
      if (it.getSeverity() === engine.LogSeverity.ERROR) errors.push(it.getMessage());
      if (it.getSeverity() === engine.LogSeverity.WARNING) warnings.push(it.getMessage());
      return new empty.Empty();
    }),
    getRootResource: answer(onRefusal, () => {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: answer(onRefusal, (it: engine.SetRootResourceRequest) => {
      root = it.getUrn();
      return new engine.SetRootResourceResponse();
    }),
  };
}
