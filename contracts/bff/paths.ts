/**
 * The classes of a BFF's paths that a web ACL limits for each address, below a version (`/v1`) or without one: where somebody signs in,
 * sends a message or a webhook, and uploads.
 */
export const BFF_PATHS = {
  signIns: ["/sign-in", "/sign-out"],
  messages: ["/chat", "/graphql", "/incoming", "/webhooks"],
  uploads: ["/batches", "/uploads"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The paths to which requests are sent that a business counts: messages of consumers, and orders and batches of partners. */
export const COUNTED_PATHS = { chats: "/chat", orders: "/v1/orders", batches: "/v1/batches" } as const;

/** Where the pool sends a browser back after somebody signed in. */
export const SIGNED_IN_PATH = "/sign-in/callback";
