/** What every part of the fixture declares alike. */
export const declared = (name: string) =>
  ({
    name,
    title: name,
    description: `The conformance suite calls ${name} by its name.`,
    scope: "mcp:read",
    permission: "read:data",
    classification: "public",
    awsCalls: [],
  }) as const;
