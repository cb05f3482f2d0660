import type { Answer, AnswerLimits } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import { stepsOf } from "../ownership/owner.ts";

/** Says which parts of an answer are passed on, and how much of them. */
export interface Shape extends AnswerLimits {
  /** Pointers (RFC 6901) to what is kept, `*` for every member; everything without. */
  readonly keep?: readonly string[];
}

/** Keeps what is wanted of an answer, and no more of it than fits; what is left out is said. Throws an `ApiProblem` if nothing helps. */
export function shaped({ data, notices }: Answer, { keep, maxItems, maxBytes }: Shape): Answer {
  const kept = keep === undefined ? data : keptOf(data, keep.map(stepsOf));
  if (typeof kept === "string") return cutText(kept, notices, maxBytes);
  for (let most = maxItems; ; most = Math.floor(most / 2)) {
    const cuts: string[] = [];
    const cut = cutLists(kept, most, "", cuts);
    if (Buffer.byteLength(JSON.stringify(cut ?? null)) <= maxBytes)
      return { data: cut, notices: [...notices, ...cuts] };
    if (most === 0) break;
  }
  const reason = `the answer exceeds ${maxBytes} bytes`;
  throw new ApiProblem("ERR_ANSWER_TOO_LARGE", `${reason}; ask for less`, { reason });
}

/** The parts of `value` that some pointer names; members of lists stay in order. */
function keptOf(value: unknown, pointers: readonly (readonly string[])[]): unknown {
  if (pointers.some((it) => it.length === 0)) return value;
  if (typeof value !== "object" || value === null) return undefined;
  const below = (key: string) => pointers.filter(([step]) => step === key || step === "*").map(([, ...rest]) => rest);
  const entries = Object.entries(value)
    .map(([key, member]): [string, unknown] => [key, below(key).length === 0 ? undefined : keptOf(member, below(key))])
    .filter(([, member]) => member !== undefined);
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

function cutLists(value: unknown, most: number, where: string, cuts: string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, it]) => [key, cutLists(it, most, `${where}/${key}`, cuts)]),
    );
  const list = value as unknown[];
  if (list.length > most) cuts.push(`${where === "" ? "/" : where}: ${most} of ${list.length} items`);
  return list.slice(0, most).map((it, i) => cutLists(it, most, `${where}/${i}`, cuts));
}

function cutText(text: string, notices: readonly string[], maxBytes: number): Answer {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return { data: text, notices };
  // A character that the cut goes through is left out.
  const cut = new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
  return { data: cut, notices: [...notices, `the first ${maxBytes} of ${bytes.length} bytes`] };
}
