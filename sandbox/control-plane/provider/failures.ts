import grpc from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import { CloudError, PartialFailure } from "../cloud/errors.ts";
import { encode, toStruct } from "../wire.ts";

/** The gRPC status of a failure; a `PartialFailure` carries the created resource, so that the engine keeps it in its state. */
export function statusOf(error: unknown): Partial<grpc.StatusObject> {
  if (error instanceof PartialFailure) return statusOfPartial(error);
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof CloudError && error.code === "ThrottlingException"
      ? grpc.status.RESOURCE_EXHAUSTED
      : grpc.status.UNKNOWN;
  return { code, details: message };
}

function statusOfPartial({ message, id, outputs }: PartialFailure): Partial<grpc.StatusObject> {
  const detail = new provider.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(toStruct(encode(outputs)));
  detail.addReasons(message);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statusProto.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
