import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { type Change, type Subject, withInputs, withResource } from "../mutant.ts";

/** The changes of a resource as a whole: left out, made in another region, or declared by another stack. */
export function ofWhole(resource: PlannedResource, plan: Plan, subject: Subject): readonly Change[] {
  const whole = { property: "itself", described: "whole" } as const;
  return [
    { ...whole, operator: "leftOut", plans: () => [withResource(plan, resource.urn)] },
    ...(isRegional(resource) && regionOf(resource, plan) !== subject.elsewhere.region
      ? [{ ...whole, operator: "otherRegion", plans: () => [madeIn(subject)] }]
      : []),
    ...moved(),
  ];

  function madeIn({ elsewhere }: Subject): Plan {
    return withResource(plan, resource.urn, withInputs(resource, { ...resource.inputs, region: elsewhere.region }));
  }

  /** The resource is declared as it is, tags and names too, by the stack of another tenant or region. */
  function moved(): readonly Change[] {
    const other = subject.plans.find(({ stack }) => stack === subject.elsewhere.stack);
    if (other === undefined || resource.type.startsWith("pulumi:")) return [];
    const urn = otherName(resource.urn, subject);
    const at = {
      ...resource,
      urn,
      ...(resource.provider !== undefined && { provider: otherName(resource.provider, subject) }),
    };
    const after = { ...other, resources: [...other.resources.filter((it) => it.urn !== urn), at] };
    return [{ ...whole, operator: "otherStack", plans: () => [withResource(plan, resource.urn), after] }];
  }
}

/** The region that a resource is in: its own input, else its provider's. */
export function regionOf({ inputs, provider }: PlannedResource, plan: Plan): unknown {
  return inputs["region"] ?? plan.resources.find(({ urn }) => provider?.startsWith(urn))?.inputs["region"];
}

function otherName(urn: string, { stack, elsewhere }: Subject): string {
  return urn.replace(`urn:pulumi:${stack}::`, `urn:pulumi:${elsewhere.stack}::`);
}

/** IAM and Route 53 are of no region. */
function isRegional({ type }: PlannedResource): boolean {
  return type.startsWith("aws:") && !/^aws:(?:iam|route53)\//.test(type);
}
