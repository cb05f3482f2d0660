/** The parts of an Amazon Resource Name. */
export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account: type and name, in the service's own form. */
  readonly resource: string;
}

/** Reads an ARN, or a pattern of ARNs; `undefined` for any other text. */
export function parseArn(text: string): Arn | undefined {
  const [arn, partition, service, region, account, ...resource] = text.split(":");
  if (arn !== "arn" || !partition || !service || region === undefined || account === undefined) return undefined;
  return resource.length === 0 ? undefined : { service, region, account, resource: resource.join(":") };
}
