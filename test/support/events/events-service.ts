import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Waiting {
  readonly queue: string;
  readonly id: string;
  readonly body: string;
  receipt: string;
  received: number;
  visibleAt: number;
}

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly EventBusName: string;
}

type Input = Readonly<Record<string, unknown>>;

/** Of all entries together (Amazon EventBridge, "Calculating PutEvents event entry size"). */
const LARGEST_CALL_BYTES = 256 * 1_024;

/** A rule of the bus: what it takes, and into which queue. */
export interface Rule {
  readonly queue: string;
  readonly source: string;
  readonly type?: string;
}

/** How the stand-in is set: which source its one rule matches, or all of its rules, and when its queues give up. */
export interface EventsServiceOptions {
  readonly source?: string;
  readonly rules?: readonly Rule[];
  readonly maxReceives?: number;
  readonly visibilitySeconds?: number;
}

/**
 * One bus of Amazon EventBridge with rules, whose targets are queues of Amazon SQS with dead letters, on loopback: their JSON protocols
 * as far as events need them. A message is handed out at least once, in no order; it is invisible for a time and moves to the dead letters
 * when it would be received once more than is allowed (Amazon SQS, "Visibility timeout", "Dead-letter queues").
 */
export async function eventsService(options: EventsServiceOptions) {
  const { source = "", maxReceives = 5, visibilitySeconds = 60 } = options;
  const rules = options.rules ?? [{ queue: "events", source }];
  const waiting: Waiting[] = [];
  const dead: string[] = [];
  const taken: string[] = [];
  const clock = { ahead: 0 };
  const now = (): number => Date.now() + clock.ahead;
  const refuse = { codes: [] as (string | undefined)[] };
  const byReceipt = (input: Input): Waiting | undefined => waiting.find((it) => it.receipt === input["ReceiptHandle"]);
  const send = (body: string, queue = "events"): void =>
    void waiting.push({ queue, id: randomUUID(), body, receipt: "", received: 0, visibleAt: 0 });

  const operations: Readonly<Record<string, (input: Input) => object>> = {
    "AWSEvents.PutEvents": (input) => {
      const entries = input["Entries"] as readonly Entry[];
      const bytes = entries.reduce((sum, it) => sum + Buffer.byteLength(it.Source + it.DetailType + it.Detail), 0);
      if (entries.length > 10 || bytes > LARGEST_CALL_BYTES) return failure("ValidationException");
      const results = entries.map((it) => {
        const ErrorCode = refuse.codes.shift();
        if (ErrorCode !== undefined) return { ErrorCode, ErrorMessage: "refused" };
        const { Source, DetailType } = it;
        taken.push(DetailType);
        const event = { version: "0", id: randomUUID(), "detail-type": DetailType, source: Source };
        for (const { queue, ...rule } of rules)
          if (rule.source === Source && (rule.type ?? DetailType) === DetailType)
            send(JSON.stringify({ ...event, detail: JSON.parse(it.Detail) as unknown }), queue);
        return { EventId: event.id };
      });
      return { FailedEntryCount: results.filter((it) => "ErrorCode" in it).length, Entries: results };
    },
    "AmazonSQS.ReceiveMessage": (input) => {
      const queue = String(input["QueueUrl"]).split("/").at(-1);
      const ready = waiting.filter((it) => it.queue === queue && it.visibleAt <= now());
      for (const it of ready.filter(({ received }) => received >= maxReceives))
        dead.push(...waiting.splice(waiting.indexOf(it), 1).map(({ body }) => body));
      const visible = ready
        .filter(({ received }) => received < maxReceives)
        .slice(0, Number(input["MaxNumberOfMessages"] ?? 1));
      for (const it of visible) {
        it.receipt = randomUUID();
        it.received++;
        it.visibleAt = now() + visibilitySeconds * 1_000;
      }
      return visible.length === 0 ? {} : { Messages: visible.map(handedOut) };
    },
    "AmazonSQS.DeleteMessage": (input) => {
      const it = byReceipt(input);
      if (it !== undefined) waiting.splice(waiting.indexOf(it), 1);
      return {};
    },
    "AmazonSQS.ChangeMessageVisibility": (input) => {
      const it = byReceipt(input);
      const seconds = Number(input["VisibilityTimeout"]);
      if (it === undefined || !Number.isInteger(seconds) || seconds > 43_200) return failure("InvalidParameterValue");
      it.visibleAt = now() + seconds * 1_000;
      return {};
    },
  };
  const { url, close } = await served((operation, input) => operations[operation]?.(input) ?? failure(operation));
  const pass = (ms: number): void => void (clock.ahead += ms);
  const urlOf = (queue: string): string => `${url}/123456789012/${queue}`;
  return { url, urlOf, queueUrl: urlOf("events"), waiting, dead, taken, refuse, send, pass, close };
}

function handedOut({ id, body, receipt, received }: Waiting): object {
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    Body: body,
    MD5OfBody: createHash("md5").update(body).digest("hex"),
    Attributes: { ApproximateReceiveCount: String(received) },
  };
}

function failure(code: string): object {
  return { __type: code, message: code };
}

async function served(answer: (operation: string, input: Input) => object) {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const output = answer(String(request.headers["x-amz-target"]), JSON.parse(body) as Input);
      response.setHeader("content-type", String(request.headers["content-type"]));
      response.statusCode = "__type" in output ? 400 : 200;
      response.end(JSON.stringify(output));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
