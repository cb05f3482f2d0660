import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { PROJECT } from "../../../tools/engine/folders.ts";

/** Starts a process that runs these lines of a module, written as if they stood in `sandbox/control-plane`. */
export function startLines(lines: string): ChildProcess {
  return spawn(process.execPath, ["--input-type=module-typescript", "--eval", lines], {
    cwd: `${PROJECT}/sandbox/control-plane`,
    stdio: ["pipe", "pipe", "inherit"],
  });
}

/** Runs the same lines in `size` processes at once, each with its own number as `me`; answers the JSON that each prints. */
export async function crowd<T>(size: number, lines: string): Promise<readonly T[]> {
  const all = Array.from({ length: size }, (_, me) => {
    const [imports, work] = [lines.match(/^import .*$/gm) ?? [], lines.replaceAll(/^import .*$/gm, "")];
    // Everyone waits for a line, so that all begin when all are there.
    return startLines(`${imports.join("\n")}
const me = ${me};
console.log("ready");
await new Promise((resolve) => process.stdin.once("data", resolve));
process.stdin.destroy();
${work}`);
  });
  const outputs = all.map((it) => textOf(it));
  await Promise.all(all.map((it) => once(it.stdout!, "data")));
  for (const it of all) it.stdin?.write("go\n");
  const texts = await Promise.all(outputs);
  return texts.map((it) => JSON.parse(it.split("\n")[1] ?? "") as T);
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (it: Buffer) => (text += it.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`a process of the crowd ended with ${code ?? "a signal"}: ${text}`);
  return text;
}
