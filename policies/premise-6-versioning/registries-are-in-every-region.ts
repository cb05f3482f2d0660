import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";

/** What a registry of images is made of, in each region. */
const REGISTRY = ["aws:ecr/repository:Repository", "aws:ecr/lifecyclePolicy:LifecyclePolicy"];

const KEYS = ["aws:kms/key:Key", "aws:kms/alias:Alias"];

/** The component that keeps the images of a region under a key of its own. */
const COMPONENT = "alicerce:compute:ImageRegistry";

/** Where Route 53 looks for the keys that sign zones (Route 53 developer guide, "Working with customer managed keys for DNSSEC"). */
const SIGNING = "us-east-1";

export const registriesAreInEveryRegion = rule({
  premise: 6,
  id: "registries-are-in-every-region",
  severity: "high",
  description:
    "Each region of an environment has every repository of images, its rule of what is kept, and its key: what runs there pulls from there. The key that signs names is where Route 53 looks for it.",
  remediation: "Set `region`, and declare the registry in each region of the environment once.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration],
  subjects: {
    types: [...REGISTRY, ...KEYS],
    where: (_, { address }) => address.layer === "environment",
  },
  judge: (it, stack) => {
    if (it.text("keyUsage") === "SIGN_VERIFY")
      return it.region === SIGNING ? undefined : `"${it.name}" must be in ${SIGNING}, where Route 53 uses it.`;
    if (!REGISTRY.includes(it.type) && !stack.isInside(it, COMPONENT)) return undefined;
    const wanted = Object.keys(stack.address.environment.regions).toSorted();
    const found = alike(it, stack).toSorted();
    return found.join() === wanted.join()
      ? undefined
      : `"${it.name}" must be in each region of the environment once: ${wanted.join(", ")}.`;
  },
});

/** The regions of the resources that are the same in another region: by their repository, else by their type. */
function alike(it: ResourceView, stack: StackIndex): readonly string[] {
  const repository = repositoryOf(it);
  return stack
    .ofType(it.type)
    .filter((one) => repositoryOf(one) === repository && (REGISTRY.includes(it.type) || stack.isInside(one, COMPONENT)))
    .map((one) => one.region ?? "");
}

function repositoryOf(it: ResourceView): string | undefined {
  return it.text("repository") ?? (it.type === REGISTRY[0] ? it.text("name") : undefined);
}
