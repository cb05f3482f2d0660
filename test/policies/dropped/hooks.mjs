/**
 * Puts a shim before each module of `policies/facts/`: what it exports passes through `globalThis.readers.pass`, which can drop one export of
 * it, and tells which exports are asked. Loaded by `node --import`, so that the rules and proofs are those that are shipped.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const FACTS = new URL("../../../policies/facts/", import.meta.url).href;
const REAL = "?real";

/**
 * The modules, and their exports that can be dropped as `<module> <name>`; the one that is dropped, what it says instead where it would say
 * yes or no, and those that were asked.
 */
globalThis.readers = {
  modules: new Set(),
  exports: new Set(),
  dropped: undefined,
  says: false,
  asked: new Set(),
  pass,
};

registerHooks({
  load(url, context, next) {
    if (!url.startsWith(FACTS) || !url.endsWith(".ts")) return next(url.replace(REAL, ""), context);
    const module = url.slice(FACTS.length);
    const source = readFileSync(fileURLToPath(url), "utf8");
    const names = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
    globalThis.readers.modules.add(module);
    const lines = names.map(
      (it) => `export const ${it} = globalThis.readers.pass(${JSON.stringify(`${module} ${it}`)}, real.${it});`,
    );
    const text = [`import * as real from ${JSON.stringify(`${url}${REAL}`)};`, ...lines].join("\n");
    return { format: "module", source: text, shortCircuit: true };
  },
});

function pass(reader, value) {
  const { exports } = globalThis.readers;
  const isDropped = () => {
    globalThis.readers.asked.add(reader);
    return globalThis.readers.dropped === reader;
  };
  if (typeof value === "function" && !/^class\b/.test(Function.prototype.toString.call(value))) {
    exports.add(reader);
    return (...args) => (isDropped() ? nothingLike(value(...args)) : value(...args));
  }
  if (Array.isArray(value)) {
    exports.add(reader);
    return new Proxy(value, { get: (target, key) => Reflect.get(isDropped() ? [] : target, key) });
  }
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  exports.add(reader);
  return new Proxy(value, {
    get: (target, key) => (isDropped() ? droppedMember(target[key]) : target[key]),
    ownKeys: (target) => Reflect.ownKeys(target).filter((key) => !isDropped() || typeof target[key] === "function"),
  });
}

/** Of an object, functions stay and say nothing; all else is gone. */
function droppedMember(value) {
  return typeof value === "function" ? (...args) => nothingLike(value(...args)) : undefined;
}

function nothingLike(value) {
  if (typeof value === "boolean") return globalThis.readers.says;
  if (Array.isArray(value)) return [];
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  return undefined;
}
