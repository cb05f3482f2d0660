import grpc from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type {
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { dayOf } from "../../contracts/day.ts";
import { announced, announcedProvider, registered } from "./decode.ts";
import { PACK } from "./identity.ts";
import { analyzerInfo, analyzeResponse } from "./messages.ts";
import { type Levels, levelsIn, PolicyConfigError } from "./policy-config.ts";
import { PROOFS } from "../proofs/proofs.ts";
import { RULES } from "../rules.ts";
import { Session, type WholePlanOf } from "./session.ts";

type Handler<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/** No limit: the engine sends whole stacks in one message. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Serves the rules to the Pulumi engine by gRPC (`Analyzer`), and prints the port on standard output. */
export function startPack({ wholePlanOf }: { readonly wholePlanOf?: WholePlanOf } = {}): void {
  const server = new grpc.Server(UNLIMITED);
  server.addService(services.AnalyzerService, handlers(wholePlanOf));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });
}

function handlers(wholePlanOf: WholePlanOf | undefined): grpc.UntypedServiceImplementation {
  let levels: Levels = new Map();
  let session = new Session("", { dryRun: true, today: dayOf(new Date()) });
  return {
    handshake: answer(() => new proto.AnalyzerHandshakeResponse()),
    configureStack: answer((request: AnalyzerStackConfigureRequest) => {
      session = new Session(request.getStack(), { dryRun: request.getDryRun(), today: dayOf(new Date()), wholePlanOf });
      session.configure(levels);
      return new proto.AnalyzerStackConfigureResponse();
    }),
    configure: answer((request: ConfigureAnalyzerRequest) => {
      levels = levelsIn(
        request,
        [...RULES, ...PROOFS].map((it) => it.name),
      );
      session.configure(levels);
      return new empty.Empty();
    }),
    getAnalyzerInfo: answer(analyzerInfo),
    getPluginInfo: answer(pluginInfo),
    remediate: answer(() => new proto.RemediateResponse()),
    analyze: answer((request: AnalyzeRequest) => analyze(session, request)),
    analyzeStack: answer((request: AnalyzeStackRequest) =>
      analyzeResponse(session.conclude(request.getResourcesList().map(registered))),
    ),
    cancel: answer(() => new empty.Empty()),
  };
}

async function analyze(session: Session, request: AnalyzeRequest): Promise<AnalyzeResponse> {
  return analyzeResponse(await session.announce(announced(request), announcedProvider(request)));
}

function pluginInfo(): InstanceType<typeof pluginProto.PluginInfo> {
  const info = new pluginProto.PluginInfo();
  info.setVersion(PACK.version);
  return info;
}

function answer<Request, Response>(
  reply: (request: Request) => Response | Promise<Response>,
): Handler<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => reply(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(statusOf(error)),
      );
  };
}

/** Other errors may quote what was judged, so their words are not passed on. */
function statusOf(error: unknown): Partial<grpc.StatusObject> {
  if (error instanceof PolicyConfigError) return { code: grpc.status.INVALID_ARGUMENT, details: error.message };
  return { code: grpc.status.INTERNAL, details: error instanceof Error ? error.name : "" };
}
