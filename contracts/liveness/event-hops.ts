import { hop } from "./hop.ts";

/** How events of others come to an agent, and its own to others. */
export const TO_EVENTS = {
  queue: hop("resource", "the queue that it is told of is declared"),
  bus: hop("resource", "the bus that it is told of is declared"),
  rule: hop("resource", "a rule of the bus takes each kind of event that it hears"),
  target: hop("resource", "the target of that rule is its queue"),
  only: hop("resource", "no rule puts anything else into its queue"),
  policy: hop("resource policy", "the queue's policy lets those rules send"),
  key: hop("key policy", "the keys of the bus and of the queue let EventBridge encrypt"),
  teller: hop("identity policy", "who says what it hears runs, and its role may say it in its own name"),
  listener: hop("resource", "a rule takes what it says itself into a queue that somebody reads"),
} as const;
