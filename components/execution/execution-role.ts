import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ExecutionLayer } from "../../contracts/execution/needs.ts";
import { EXECUTION_PATH, executionPolicyName, executionRoleArn } from "../../contracts/execution/roles.ts";
import { policyDocument, type Statement } from "../identity/policy-document.ts";
import type { ExecutionScope } from "./execution-scope.ts";
import { executionStatements } from "./execution-statements.ts";

/** The most characters of a managed policy, and policies of a role (IAM user guide, "IAM and AWS STS quotas"). */
const LONGEST_POLICY = 6_144;
const MOST_POLICIES = 10;

/** Which stack a role deploys, who may become it, and what bounds it. */
export interface ExecutionRoleArgs {
  readonly layer: ExecutionLayer;
  readonly scope: ExecutionScope;
  readonly deployRoleArn: pulumi.Input<string>;
  readonly boundaryArn: pulumi.Input<string>;
}

/** The role that deploys one stack: it does what the types of its layer need, to what is the stack's own, and only the deploy role becomes it. */
export class ExecutionRole extends pulumi.ComponentResource {
  readonly arn: string;

  constructor(name: string, args: ExecutionRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:execution:ExecutionRole", name, {}, opts);
    const { layer, scope, deployRoleArn, boundaryArn } = args;
    const { account, address } = scope;

    const role = new aws.iam.Role(
      name,
      {
        name: address,
        path: EXECUTION_PATH,
        description: `Deploys the stack ${address}`,
        assumeRolePolicy: policyDocument([
          { Effect: "Allow", Principal: { AWS: deployRoleArn }, Action: ["sts:AssumeRole"] },
        ]),
        permissionsBoundary: boundaryArn,
      },
      { parent: this },
    );
    for (const [i, statements] of packed(executionStatements(layer, scope)).entries()) {
      const policyName = executionPolicyName(address, i + 1);
      const policy = new aws.iam.Policy(
        `${name}-${i + 1}`,
        {
          name: policyName,
          path: EXECUTION_PATH,
          description: `Of what deploys the stack ${address}`,
          policy: policyDocument(statements),
        },
        { parent: this },
      );
      const policyArn = `arn:aws:iam::${account}:policy${EXECUTION_PATH}${policyName}`;
      new aws.iam.RolePolicyAttachment(
        `${name}-${i + 1}`,
        { role: address, policyArn },
        { parent: this, dependsOn: [role, policy] },
      );
    }

    this.arn = executionRoleArn(account, address);
    this.registerOutputs({ arn: this.arn });
  }
}

/** The statements in their order, in as many policies as they take; throws a RangeError where a role may not have so many. */
function packed(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const all: Statement[][] = [[]];
  for (const it of statements) {
    const last = all.at(-1) ?? [];
    if (last.length > 0 && lengthOf([...last, it]) > LONGEST_POLICY) all.push([it]);
    else last.push(it);
  }
  if (all.length > MOST_POLICIES)
    throw new RangeError(`a role has ${MOST_POLICIES} policies at most, not ${all.length}`);
  return all;
}

function lengthOf(statements: readonly Statement[]): number {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }).length;
}
