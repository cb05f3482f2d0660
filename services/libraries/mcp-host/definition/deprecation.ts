import type { Deprecation, ServerDefinition } from "./definition.ts";

/** The member of `_meta` that says that something is deprecated. */
export const DEPRECATION_META = "alicerce/deprecation";

/** `_meta` of what is deprecated. */
export function deprecationMeta(deprecated: Deprecation): { [DEPRECATION_META]: Deprecation } {
  return { [DEPRECATION_META]: deprecated };
}

/** What is deprecated, by the name that callers know. */
export interface Notice {
  readonly name: string;
  readonly deprecated: Deprecation;
}

/**
 * Headers for those that read no bodies: since when (RFC 9745), until when (RFC 8594; the earliest counts), and a sentence
 * for each notice.
 */
export function deprecationHeaders(notices: readonly Notice[]): [string, string][] {
  if (notices.length === 0) return [];
  const earliest = (days: readonly string[]) => dayOf(days.toSorted()[0] ?? "");
  return [
    ["deprecation", `@${earliest(notices.map(({ deprecated }) => deprecated.on)).getTime() / 1000}`],
    ["sunset", earliest(notices.map(({ deprecated }) => deprecated.removeOn)).toUTCString()],
    ["warning", notices.map((it) => `299 - ${quoted(sentence(it))}`).join(", ")],
  ];
}

/** What is deprecated, since when, until when and what to use, as people read it. */
export function sentence({ name, deprecated: { since, removeOn, use } }: Notice): string {
  return `${name} is deprecated since ${since}, goes on ${removeOn}; use ${use}`;
}

/** The definition of a major that is retained for a while only: `period` is the day of its deprecation and that of its removal. */
export function retained<Services>(
  definition: ServerDefinition<Services>,
  period: Pick<Deprecation, "on" | "removeOn"> | undefined,
): ServerDefinition<Services> {
  if (period === undefined) return definition;
  const since = `${Number.parseInt(definition.version, 10) + 1}.0.0`;
  return { ...definition, deprecated: { since, ...period, use: `${definition.name} ${since} or newer` } };
}

/** The same definition, in which everything that has no notice of its own has the server's; throws for impossible days. */
export function withInheritedNotice<Services>(definition: ServerDefinition<Services>): ServerDefinition<Services> {
  const { deprecated, tools, resources = [], prompts = [] } = definition;
  for (const it of [definition, ...tools, ...resources, ...prompts]) checkPeriod(it.name, it.deprecated);
  if (deprecated === undefined) return definition;
  const inherit = <Part extends object>(parts: readonly Part[]) => parts.map((it) => ({ deprecated, ...it }));
  return { ...definition, tools: inherit(tools), resources: inherit(resources), prompts: inherit(prompts) };
}

function checkPeriod(name: string, deprecated: Deprecation | undefined): void {
  if (deprecated === undefined) return;
  const { on, removeOn } = deprecated;
  if (!isDay(on) || !isDay(removeOn) || on >= removeOn)
    throw new TypeError(`deprecation of "${name}" must last from a day to a later one, not from ${on} to ${removeOn}`);
}

function isDay(day: string): boolean {
  const date = dayOf(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${day}T`);
}

function dayOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** A quoted string of a header (RFC 9110, 5.6.4): names may come from documents of others. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[^\x20-\x7e]/g, "?").replaceAll(/["\\]/g, "\\$&")}"`;
}
