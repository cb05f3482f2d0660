import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { otlpOf, type Sender } from "./otlp.ts";
import { JSON_TEXT, type Signature, xraySignature } from "./xray-signature.ts";

type ExportResult = Parameters<Parameters<SpanExporter["export"]>[1]>[0];

/** Where spans are sent, and who is told of those that could not be. */
export interface OtlpExporterOptions extends Sender {
  /** Base of the endpoint; spans go to `v1/traces` below it. */
  readonly endpoint: URL;
  readonly failed: (error: unknown) => void;
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum is of a package that is not ours to import
const TAKEN: ExportResult = { code: 0 };

/** For how long a collector may take, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Sends spans by OTLP over HTTP in JSON, once: a collector on the same node that does not answer is not asked again for the same spans. */
export class OtlpExporter implements SpanExporter {
  private readonly options: OtlpExporterOptions;
  private readonly url: URL;
  private readonly signature: Signature | undefined;
  private readonly underWay = new Set<Promise<void>>();

  constructor(options: OtlpExporterOptions) {
    this.options = options;
    this.url = new URL(`${options.endpoint.href.replace(/\/$/, "")}/v1/traces`);
    this.signature = xraySignature(this.url);
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const sending = this.send(spans).then(
      () => done(TAKEN),
      (error: unknown) => {
        this.options.failed(error);
        // The SDK would log the error once more.
        done(TAKEN);
      },
    );
    this.underWay.add(sending);
    void sending.finally(() => this.underWay.delete(sending));
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
  }

  private async send(spans: readonly ReadableSpan[]): Promise<void> {
    const body = JSON.stringify(otlpOf(spans, this.options));
    const response = await fetch(this.url, {
      method: "POST",
      headers: this.signature === undefined ? JSON_TEXT : await this.signature(body),
      body,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the collector answered ${response.status}`);
  }
}
