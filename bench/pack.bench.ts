import { PackProcess } from "../test/policies/pack/pack-process.ts";
import { stackOf } from "./support/plans.ts";
import { cpuMilliseconds, median, milliseconds, target } from "./support/target.ts";

const plan = await stackOf(2_000);
const custom = plan.resources.filter((it) => it.custom && !it.type.startsWith("pulumi:"));
const shown = custom.map(({ type, name, inputs, propertyDependencies = {} }) => ({
  type,
  name,
  properties: inputs,
  links: propertyDependencies,
}));

const start = await median(5, async () => {
  let pack: PackProcess | undefined;
  const took = await milliseconds(async () => {
    pack = await PackProcess.start({ dryRun: true });
  });
  pack?.stop();
  return took;
});
target("pack start to first answer, median", start, 1_000, "ms");

const pack = await PackProcess.start({ dryRun: true });
const before = cpuMilliseconds(pack.pid);
await Promise.all(shown.map((it) => pack.announce(it)));
await pack.conclude(...shown);
const used = cpuMilliseconds(pack.pid) - before;
pack.stop();
target(`${shown.length} resources in the pack: all calls and the verdict (CPU)`, used, 1_000, "ms");
