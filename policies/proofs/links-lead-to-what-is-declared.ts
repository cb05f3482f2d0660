import { CONTROL } from "../engine/frameworks.ts";
import type { Placed, Platform } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { declaredFor, textsAt } from "./links/declared.ts";
import type { Link } from "./links/link.ts";
import { LINKS } from "./links/links.ts";

/** For every property that names another resource: what it names is declared by the same stack, or by one that it stands on. */
export const linksLeadToWhatIsDeclared = proof({
  premise: 5,
  id: "links-lead-to-what-is-declared",
  severity: "critical",
  description:
    "Roles, keys, networks, groups and destinations that a resource names are declared by its own stack or by one above it; a role is of one workload.",
  remediation: "Name the resource by its output, so that the value cannot be another one.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.pciLeastPrivilege],
  prove: (platform, record) => {
    const holders = new Map<string, Placed>();
    for (const link of LINKS) {
      for (const from of platform.ofType(link.type)) {
        record.guarded(from, () => prove(link, from, { platform, record, holders }));
      }
    }
  },
});

interface Proving {
  readonly platform: Platform;
  readonly record: Recorder;
  /** By URN of what one alone may name, who names it. */
  readonly holders: Map<string, Placed>;
}

function prove(link: Link, from: Placed, { holders, platform, record }: Proving): void {
  const { name, resource } = from.resource;
  for (const text of textsAt(resource.inputs, link.path)) {
    record.count("links");
    if (link.given?.includes(text) === true) continue;
    const target = declaredFor(link, text, from.stack.name, platform);
    if (target === undefined) {
      record.violated(from, `"${name}" must name in ${link.path} what its own stack, or one above it, declares.`, [
        `${link.path} is ${text}`,
      ]);
    } else if (link.near === true && target.resource.region !== from.resource.region) {
      record.violated(from, `"${name}" must be in the region of "${target.resource.name}".`, [
        `${link.path} is ${text}`,
      ]);
    } else if (link.alone === true) {
      const holder = holders.get(target.resource.urn);
      if (holder !== undefined && holder.resource.urn !== from.resource.urn)
        record.violated(from, `"${name}" must not share "${target.resource.name}" with "${holder.resource.name}".`, [
          `both name ${text}`,
        ]);
      holders.set(target.resource.urn, from);
    }
  }
}
