import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Delivery, EventQueue } from "../bus.ts";
import { outOfEnvelope } from "./envelope.ts";

/** Most messages of one call, and the longest wait (Amazon SQS, "ReceiveMessage"). */
const MOST_MESSAGES = 10;
const LONGEST_WAIT_SECONDS = 20;
/** How long a message can be invisible (Amazon SQS, "ChangeMessageVisibility"). */
const LONGEST_INVISIBLE_SECONDS = 43_200;

/** Where a queue is, and how long `receive` waits for the first message. */
export interface SqsQueueOptions {
  readonly url: string;
  readonly waitSeconds?: number;
}

/**
 * A tenant's queue in Amazon SQS, into which a rule of EventBridge puts events. The queue itself moves a message to the dead letters, once
 * it was received as often as the queue allows; so what is rejected comes again at once, until then.
 */
export class SqsQueue implements EventQueue {
  private readonly client: SQSClient;
  private readonly options: SqsQueueOptions;

  constructor(client: SQSClient, options: SqsQueueOptions) {
    this.client = client;
    this.options = options;
  }

  async receive(signal: AbortSignal): Promise<readonly Delivery[]> {
    const { url: QueueUrl, waitSeconds: WaitTimeSeconds = LONGEST_WAIT_SECONDS } = this.options;
    const command = new ReceiveMessageCommand({
      ...{ QueueUrl, WaitTimeSeconds, MaxNumberOfMessages: MOST_MESSAGES },
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    });
    try {
      const { Messages = [] } = await this.client.send(command, { abortSignal: signal });
      return Messages.map((it) => this.deliveryOf(it));
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }

  private deliveryOf({ Body = "", ReceiptHandle, Attributes }: Message): Delivery {
    const of = { QueueUrl: this.options.url, ReceiptHandle };
    const again = async (VisibilityTimeout: number): Promise<void> => {
      await unlessVoid(this.client.send(new ChangeMessageVisibilityCommand({ ...of, VisibilityTimeout })));
    };
    return {
      ...outOfEnvelope(Body),
      attempt: Number(Attributes?.ApproximateReceiveCount ?? 1),
      acknowledge: () => unlessVoid(this.client.send(new DeleteMessageCommand(of))),
      retry: (afterMs) => again(Math.min(LONGEST_INVISIBLE_SECONDS, Math.ceil(afterMs / 1_000))),
      reject: () => again(0),
    };
  }
}

/** What SQS answers to a receipt that is void. */
const VOID: ReadonlySet<string> = new Set(["InvalidParameterValue", "MessageNotInflight", "ReceiptHandleIsInvalid"]);

/** A receipt is void once the message was received again: then it is somebody else's. */
async function unlessVoid(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof Error && VOID.has(error.name))) throw error;
  }
}
