/** The name of the one endpoint of each AgentCore runtime through which it is called. */
export const RUNTIME_ENDPOINT = "production";

/** What an identifier looks like: narrow enough that nothing in it can be mistaken, escaped, or be an e-mail address. */
export const IDENTIFIER = {
  tenantId: /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
  // A client that is identified by its metadata document has a URL as its id.
  clientId: /^[A-Za-z0-9][A-Za-z0-9._~:/?#=&%+-]{0,255}$/,
  organizationId: /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
  userId: /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/,
  /** A role or a department. */
  role: /^[a-z][a-z0-9-]{0,63}$/,
  scope: /^[a-z][a-z0-9-]{0,31}:[a-z][a-z0-9-]{0,63}$/,
  requestId: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/,
  correlationId: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/,
} as const;
