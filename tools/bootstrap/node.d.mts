/** Runs TypeScript as it is from here on. */
export const OLDEST_NODE: string;

/** What is brought where the machine's own is older. */
export const NODE_VERSION: string;

/** Whether a version such as `v20.20.2` is older than what the rest needs. */
export function isTooOld(version: string): boolean;

/** The folder that is kept between checkouts. */
export function cacheOf(env: NodeJS.ProcessEnv): string;

/** A Node.js that is new enough: from the cache, else from npm. */
export function provideNode(env: NodeJS.ProcessEnv, platform?: string): Promise<string>;

/** Runs a script with another Node.js, which also comes first on its PATH; answers its exit code. */
export function runWith(node: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<number>;
