#!/usr/bin/env node
// The way in: brings what is missing (Node.js, dependencies), then becomes the command. Plain JavaScript, because it must
// run on a Node.js that is too old for the rest, and without dependencies, because it installs them.
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { keepCompiled } from "./compile-cache.mjs";
import { installDependencies } from "./dependencies.mjs";
import { isTooOld, provideNode, runWith } from "./node.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

try {
  if (isTooOld(process.version)) {
    const node = await provideNode(process.env);
    process.exitCode = await runWith(node, process.argv.slice(1));
  } else {
    await installDependencies(root, process.env);
    keepCompiled(root, process.env);
    await import(pathToFileURL(path.join(root, "tools/cli/main.ts")).href);
  }
} catch (error) {
  if (error.code !== "ERR_BOOTSTRAP") throw error;
  process.stderr.write(`alicerce: ${error.message}\n`);
  process.exitCode = 1;
}
