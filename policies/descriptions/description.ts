/** A value that a property may have: the very value, or each member of a list. */
export type Accepted = string | number | boolean;

/**
 * What is understood of a resource type. The keys are paths of inputs without positions in lists, such as
 * `spec.template.spec.containers.image`; a path stands for everything below it.
 */
export interface Description {
  /** What a rule, a proof or a fact reads. */
  readonly read?: readonly string[];
  /** What nothing reads, with the reason why it cannot break a premise. */
  readonly inert?: Readonly<Record<string, string>>;
  /** The only values that cannot break a premise; where there are none, only an empty list. */
  readonly accepts?: Readonly<Record<string, readonly Accepted[]>>;
  /** Those of `accepts` that must be set, in each member of a list: what they are by default may break a premise. */
  readonly needs?: readonly string[];
  /** What matters and nothing reads yet, with the rule that is missing. It is let through, and should be empty one day. */
  readonly unread?: Readonly<Record<string, string>>;
}

/** Descriptions by Pulumi type. */
export type Descriptions = Readonly<Record<string, Description>>;

/** The described paths of one type as a tree, one level for each name of a path. */
export interface Understood {
  /** Whether the path ends here, and so stands for everything below. */
  whole: boolean;
  accepts: readonly Accepted[] | undefined;
  readonly below: Map<string, Understood>;
}

/** All paths of a description. */
export function pathsOf({ read = [], inert = {}, accepts = {}, unread = {} }: Description): readonly string[] {
  return [...read, ...Object.keys(inert), ...Object.keys(accepts), ...Object.keys(unread)];
}

/** The tree of a description. Throws `TypeError` for a path that is named twice, or that another path stands for. */
export function understood(description: Description): Understood {
  const root = leaf();
  for (const path of pathsOf(description).toSorted((a, b) => a.length - b.length)) {
    let at = root;
    for (const name of path.split(".")) {
      if (at.whole) throw new TypeError(`${path} is described twice`);
      let next = at.below.get(name);
      if (next === undefined) at.below.set(name, (next = leaf()));
      at = next;
    }
    if (at.whole) throw new TypeError(`${path} is described twice`);
    at.whole = true;
    at.accepts = description.accepts?.[path];
  }
  return root;
}

function leaf(): Understood {
  return { whole: false, accepts: undefined, below: new Map() };
}
