import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";

/** What one query may be. */
export interface QueryLimits {
  /** Fields below each other. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields that may have to be answered, those of a list once for each item that is asked for. */
  readonly cost: number;
}

/** The limits of partners' queries: a page of 100 orders with their lines is within them, and twice that is not. */
export const QUERY_LIMITS: QueryLimits = { depth: 8, aliases: 10, cost: 1_500 };

/** The largest page, which is taken where a variable says how many. */
const LARGEST_PAGE = 100;

/** How often the fields of these are answered: by their argument. */
const PAGES: { readonly [field: string]: { readonly argument: string; readonly unless: number } } = {
  orders: { argument: "limit", unless: 20 },
  products: { argument: "limit", unless: 20 },
};

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, cost: 0 };

/** A rule of validation that refuses what is larger than `limits`, before anything is asked of the systems behind. */
export function queryLimits(limits: QueryLimits = QUERY_LIMITS): (context: ValidationContext) => ASTVisitor {
  return (context) => ({
    OperationDefinition: (operation) => {
      const size = new QuerySize(context).of(operation.selectionSet);
      for (const name of ["depth", "aliases", "cost"] as const) {
        if (size[name] <= limits[name]) continue;
        const message = `the query has ${name} ${size[name]}, at most ${limits[name]} is allowed`;
        context.reportError(new GraphQLError(message, { nodes: operation, extensions: { code: "QUERY_TOO_LARGE" } }));
      }
      return false;
    },
  });
}

/** Measures selections; each fragment is measured once, so that fragments within fragments take no longer than they are long. */
class QuerySize {
  private readonly context: ValidationContext;
  private readonly fragments = new Map<FragmentDefinitionNode, Size>();

  constructor(context: ValidationContext) {
    this.context = context;
  }

  of({ selections }: SelectionSetNode): Size {
    const sizes = selections.map((it) => {
      if (it.kind === Kind.FIELD) return this.ofField(it);
      if (it.kind === Kind.INLINE_FRAGMENT) return this.of(it.selectionSet);
      return this.ofFragment(this.context.getFragment(it.name.value));
    });
    return {
      depth: Math.max(0, ...sizes.map((it) => it.depth)),
      aliases: sum(sizes.map((it) => it.aliases)),
      cost: sum(sizes.map((it) => it.cost)),
    };
  }

  private ofField(field: FieldNode): Size {
    // What the schema says of itself asks nothing of the systems behind; a rule of GraphQL's own limits how often it nests.
    if (field.name.value === "__schema" || field.name.value === "__type") return { ...NOTHING, cost: 1 };
    const below = field.selectionSet === undefined ? NOTHING : this.of(field.selectionSet);
    return {
      depth: below.depth + 1,
      aliases: below.aliases + (field.alias === undefined ? 0 : 1),
      cost: 1 + below.cost * itemsOf(field),
    };
  }

  private ofFragment(fragment: FragmentDefinitionNode | null | undefined): Size {
    if (fragment === null || fragment === undefined) return NOTHING;
    const known = this.fragments.get(fragment);
    if (known !== undefined) return known;
    // One that contains itself is refused by another rule.
    this.fragments.set(fragment, NOTHING);
    const size = this.of(fragment.selectionSet);
    this.fragments.set(fragment, size);
    return size;
  }
}

function itemsOf({ name, arguments: given = [] }: FieldNode): number {
  const page = PAGES[name.value];
  if (page === undefined) return 1;
  const value = given.find((it) => it.name.value === page.argument)?.value;
  if (value === undefined) return page.unless;
  return value.kind === Kind.INT ? Math.max(1, Number(value.value)) : LARGEST_PAGE;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
