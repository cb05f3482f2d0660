/**
 * Puts a shim before each module of `policies/facts/`: what it exports passes through `globalThis.readers.pass`, which can drop it. Loaded by
 * `node --import`, so that the rules and proofs are those that are shipped.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const FACTS = new URL("../../../policies/facts/", import.meta.url).href;
const REAL = "?real";

/** The module that is dropped, and what its functions say instead where they would say yes or no. */
const readers = { modules: new Set(), dropped: undefined, says: false };
globalThis.readers = { ...readers, pass };

registerHooks({
  load(url, context, next) {
    if (!url.startsWith(FACTS) || !url.endsWith(".ts")) return next(url.replace(REAL, ""), context);
    const module = url.slice(FACTS.length);
    const source = readFileSync(fileURLToPath(url), "utf8");
    const names = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
    globalThis.readers.modules.add(module);
    const lines = names.map(
      (it) => `export const ${it} = globalThis.readers.pass(${JSON.stringify(module)}, real.${it});`,
    );
    const text = [`import * as real from ${JSON.stringify(`${url}${REAL}`)};`, ...lines].join("\n");
    return { format: "module", source: text, shortCircuit: true };
  },
});

function pass(module, value) {
  const isDropped = () => globalThis.readers.dropped === module;
  if (typeof value === "function" && !/^class\b/.test(Function.prototype.toString.call(value)))
    return (...args) => (isDropped() ? nothingLike(value(...args)) : value(...args));
  if (Array.isArray(value))
    return new Proxy(value, { get: (target, key) => Reflect.get(isDropped() ? [] : target, key) });
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return new Proxy(value, {
    get: (target, key) => (isDropped() ? undefined : target[key]),
    ownKeys: (target) => (isDropped() ? [] : Reflect.ownKeys(target)),
  });
}

function nothingLike(value) {
  if (typeof value === "boolean") return globalThis.readers.says;
  if (Array.isArray(value)) return [];
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  return undefined;
}
