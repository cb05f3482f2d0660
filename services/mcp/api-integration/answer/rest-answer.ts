import type { Answer, Reply } from "../api.ts";
import { dataOf } from "./reply-data.ts";
import { refuseErrorStatus } from "./error-status.ts";

/** What a REST operation's answer says. */
export function restAnswer(reply: Reply): Answer {
  refuseErrorStatus(reply);
  return { data: dataOf(reply), notices: [] };
}
