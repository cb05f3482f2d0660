// The Node.js language host for Pulumi CLIs that come without their own: runs the program, and policy packs written in JavaScript.
// Contract: argv holds the engine's address, the first line on stdout is our port, and we live no longer than the engine.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import grpc from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";

const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;
/** The program's exit code that means: it has told the user what is wrong. */
const ALREADY_REPORTED = 32;
const KILL_AFTER_MS = 2_000;

const { LanguageRuntimeService } = languageGrpc;
const engine = process.argv.findLast((it) => /^[\w.[\]:]*:\d+$/.test(it));
const sdkVersion = createRequire(import.meta.url)("@pulumi/pulumi/package.json").version;
const children = new Set();

const host = Object.fromEntries(
  Object.keys(LanguageRuntimeService).map((method) => [
    method,
    (_, reply) => reply({ code: grpc.status.UNIMPLEMENTED, message: `${method} is not offered by this host` }),
  ]),
);

Object.assign(host, {
  getPluginInfo: (_, reply) => {
    const info = new pluginProto.PluginInfo();
    info.setVersion(sdkVersion);
    reply(null, info);
  },
  about: (_, reply) => {
    const about = new language.AboutResponse();
    about.setExecutable(process.execPath);
    about.setVersion(process.version);
    reply(null, about);
  },
  // Providers are resolved by the versions that the program asks for: nothing is looked up, nothing is installed.
  getRequiredPackages: (_, reply) => reply(null, new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: (_, reply) => reply(null, new language.GetRequiredPluginsResponse()),
  getProgramDependencies: (_, reply) => reply(null, new language.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: (_, reply) => reply(null, new language.RuntimeOptionsResponse()),
  run: ({ request }, reply) => runProgram(request, reply),
  runPlugin: (call) => runPlugin(call),
  cancel: (_, reply) => {
    for (const child of children) stop(child);
    reply(null, new emptyProto.Empty());
  },
});

function runProgram(request, reply) {
  const programDir = request.getInfo().getProgramDirectory();
  const entry = path.join(programDir, request.getInfo().getEntryPoint());
  const runner = createRequire(path.join(programDir, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  const options = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const args = [runner, ...flags, ...(request.getDryrun() ? ["--dry-run"] : []), entry, ...request.getArgsList()];
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: "false",
  };
  const child = start(args, { cwd: request.getPwd(), env, stdio: ["ignore", "inherit", "inherit"] });
  onEnd(child, (code, reason) => {
    const response = new language.RunResponse();
    if (code === ALREADY_REPORTED) response.setBail(true);
    else if (code !== 0) response.setError(`the program ended with ${reason}`);
    reply(null, response);
  });
}

function runPlugin(call) {
  const { request } = call;
  const send = (set) => {
    const response = new language.RunPluginResponse();
    set(response);
    call.write(response);
  };
  const child = startPlugin(request, send);
  if (child === undefined) return call.end();
  child.stdout.on("data", (data) => send((it) => it.setStdout(data)));
  child.stderr.on("data", (data) => send((it) => it.setStderr(data)));
  onEnd(child, (code) => {
    send((it) => it.setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => stop(child));
}

function startPlugin(request, send) {
  const dir = request.getInfo().getProgramDirectory();
  const isPolicyPack = request.getKind() === "analyzer";
  try {
    const script = isPolicyPack
      ? policyPackMain(dir)
      : createRequire(path.join(dir, "index.js")).resolve("@pulumi/pulumi/cmd/run-plugin");
    const given = request.getEnvList().map((it) => it.split(/=(.*)/s).slice(0, 2));
    return start([script, ...request.getArgsList(), dir], {
      cwd: isPolicyPack ? dir : request.getPwd(),
      env: { ...process.env, ...Object.fromEntries(given) },
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    send((it) => it.setStderr(Buffer.from(`${error.message}\n`)));
    send((it) => it.setExitcode(1));
    return undefined;
  }
}

/** The pack's own server, started as it is: the SDK's runner would load a TypeScript compiler first. */
function policyPackMain(dir) {
  const { main } = JSON.parse(readFileSync(path.join(dir, "package.json"), "utf8"));
  if (typeof main !== "string")
    throw new Error(`${path.join(dir, "package.json")}: "main" must name the pack's program`);
  return path.resolve(dir, main);
}

function start(args, options) {
  const child = spawn(process.execPath, args, options);
  children.add(child);
  return child;
}

function onEnd(child, done) {
  let ended = false;
  const once = (code, reason) => {
    if (ended) return;
    ended = true;
    children.delete(child);
    done(code, reason);
  };
  child.on("error", (error) => once(1, error.message));
  child.on("close", (code, signal) => once(code, signal === null ? `exit code ${code}` : `signal ${signal}`));
}

function stop(child) {
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
}

const server = new grpc.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
server.addService(LanguageRuntimeService, host);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(1), 1_000).unref();
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));
// The engine ends its plugins by SIGINT; a terminal's Ctrl-C does not reach them, since each has its own process group.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(0));
