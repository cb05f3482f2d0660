/** A Markdown table, not aligned. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((it) => `| ${it.join(" | ")} |`).join("\n");
}
