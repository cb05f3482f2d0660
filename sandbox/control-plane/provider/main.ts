// First, so that the setting applies while the other modules are loaded.
import "./small-heap.ts";
import grpc from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { PACKAGES, type SandboxPackage } from "../caller-of-provider.ts";
import { ensureCatalogue } from "../catalogue/catalogue.ts";
import { Cloud } from "../cloud/cloud.ts";
import { faultsOnDisk } from "../faults.ts";
import { DiskStore } from "../store/disk-store.ts";
import { providerService } from "./service.ts";

/** Starts the sandbox's provider plugin for one package, which the engine runs as `pulumi-resource-<package>`; prints its port. */
async function main(pkg: SandboxPackage, root: string): Promise<void> {
  if (pkg === "eks") {
    const { serveEks } = await import("../eks/serve.ts");
    return serveEks();
  }
  const store = new DiskStore(root);
  const cloud = new Cloud({ catalogue: await ensureCatalogue(), store, faults: faultsOnDisk(root) });
  const mode = process.env["ALICERCE_PREVIEW"] === "known" ? "known" : "realistic";
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 << 20 });
  server.addService(provider.ResourceProviderService, providerService(pkg, { cloud, store, mode }));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, it) =>
      error === null ? resolve(it) : reject(error),
    );
  });
  process.stdout.write(`${port}\n`);
}

/** Ends this process within a second after its engine was killed: a process without its parent gets another parent. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1000).unref();
}

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

const [, , name = "", ...rest] = process.argv;
const root = process.env["ALICERCE_SANDBOX"] ?? "";
const pkg = PACKAGES.find((it) => it === name) ?? refuse(`unknown package "${name}"; known: ${PACKAGES.join(", ")}`);
if (root === "") refuse('ALICERCE_SANDBOX is not set: run `eval "$(npx alicerce env)"` first');
endWithParent();
// The engine's address is the last argument; only the eks plugin, which runs a program of its own, calls the engine back.
process.argv.splice(2, process.argv.length, ...rest);
await main(pkg, root);
