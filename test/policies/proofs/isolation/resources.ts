import type { Described } from "../../programs.ts";
import { policyOfText } from "../../programs.ts";

/** The account of the environment. */
export const ACCOUNT = "111122223333";

/** A store with its ARN, as a plan with known values has it. */
export function store(type: string, name: string, arn: string, more: Record<string, unknown> = {}): Described {
  return { type, name, inputs: { name }, outputs: { name, id: name, arn, ...more } };
}

/** A bucket. */
export function bucket(name: string): Described {
  return {
    type: "aws:s3/bucket:Bucket",
    name,
    inputs: { bucket: name },
    outputs: { bucket: name, arn: `arn:aws:s3:::${name}` },
  };
}

/** A DynamoDB table. */
export function table(name: string, region: string): Described {
  return store("aws:dynamodb/table:Table", name, `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${name}`);
}

/** A role that trusts what the statements say; by default an AWS service. */
export function role(
  name: string,
  trust: readonly unknown[] = [SERVICE],
  more: Record<string, unknown> = {},
): Described {
  const inputs = { name, path: "/alicerce/", assumeRolePolicy: policyOfText(...trust), ...more };
  return { type: "aws:iam/role:Role", name, inputs, outputs: { name, arn: roleArn(name) } };
}

/** The ARN of such a role. */
export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/alicerce/${name}`;
}

/** What a role is granted by a policy of its own. */
export function grant(name: string, to: string, Action: unknown, Resource: unknown, more: object = {}): Described {
  const policy = policyOfText({ Effect: "Allow", Action, Resource, ...more });
  return { type: "aws:iam/rolePolicy:RolePolicy", name, inputs: { role: to, policy } };
}

/** A trust policy's statement for a role. */
export function trusts(...arns: readonly string[]): object {
  return { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: arns } };
}

/** A Kubernetes object. */
export function object(type: string, name: string, namespace: string | undefined, more: object = {}): Described {
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  return { type: `kubernetes:${type}`, name, inputs: { metadata, ...more } };
}

const SERVICE = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
