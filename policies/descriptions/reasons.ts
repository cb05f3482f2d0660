/** Why nothing has to read a name. */
export const NAME = "A name: what the resource may do, and who may use it, does not follow from it.";

/** Why nothing has to read a text for people. */
export const TEXT = "A text for people.";

/** Why nothing has to read tags outside of tenants' stacks. */
export const TAGS = "No grant of the platform depends on tags, and outside of a tenant's stack no rule does.";

/** Why nothing has to read how large something is. */
export const CAPACITY = "How much of it there is, and what it costs.";

/** Why nothing has to read how long the provider waits. */
export const WAITING = "How long the deployment waits for AWS.";

/** Why nothing has to read when maintenance happens. */
export const SCHEDULE = "When it happens, not whether.";

/** Why nothing has to read which network a part of the network belongs to. */
export const MEMBERSHIP = "Which network it is a part of; by itself it opens nothing.";

/** Why nothing has to read the role of a service. */
export const ROLE = "The role is a resource of its own: its trust, its grants and its boundary are judged there.";

/** Why nothing has to read a version. */
export const VERSION = "A version that AWS supports; none is refused for security before AWS itself ends it.";

/** What is missing where a policy document is not read. */
export const DOCUMENT = "No rule reads the grants of this document.";
