import { describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import type { Described } from "../../programs.ts";
import { ACME, NEIGHBOUR, planIn, US_EAST, XYZ } from "../platforms.ts";
import { found, named, THEIRS } from "./found.ts";
import { ACCOUNT, bucket, grant, object, role, roleArn, trusts } from "./resources.ts";

describe("a grant that a tenant gets by another principal is found", () => {
  it("through roles that become others, the shortest way", () => {
    const shared = [
      role("first", [trusts(roleArn("runner"))]),
      role("second", [trusts(`arn:aws:iam::${ACCOUNT}:root`)]),
    ];
    const [way, ...others] = found(
      planIn(ACME, role("runner")),
      planIn(
        US_EAST,
        ...shared,
        grant("on", "first", "sts:AssumeRole", roleArn("second")),
        grant("reads", "second", "s3:GetObject", "arn:aws:s3:::theirs/*"),
      ),
      planIn(XYZ, ...THEIRS),
    );
    expect(others).toEqual([]);
    expect(way?.split("\n").slice(1)).toEqual([
      `"runner" is declared in ${ACME}.`,
      `"first" in ${US_EAST} names "runner", and lets it become "first".`,
      expect.stringContaining(`"first" is granted sts:AssumeRole on ${roleArn("second")} by "on"`),
      expect.stringContaining('"second" is granted s3:GetObject on arn:aws:s3:::theirs/* by "reads"'),
      expect.stringContaining('"theirs" is of tenant "xyz-gmbh"'),
    ]);
  });

  it("by the trust of a role of the other tenant", () => {
    expect(found(planIn(ACME, role("runner")), planIn(XYZ, role("theirs", [trusts(roleArn("runner"))])))).toHaveLength(
      1,
    );
    expect(found(planIn(ACME, role("runner")), planIn(XYZ, role("theirs", [trusts("*")])))).toHaveLength(1);
  });

  it.each<[string, readonly Described[]]>([
    [
      "a function that acts as a shared role",
      [{ type: "aws:lambda/function:Function", name: "f", inputs: { role: roleArn("shared") } }],
    ],
    [
      "a runtime that acts as a shared role",
      [
        {
          type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
          name: "f",
          inputs: { roleArn: roleArn("shared") },
        },
      ],
    ],
    [
      "pods of its namespace",
      [
        object("core/v1:Namespace", "acme-corp", undefined),
        {
          type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
          name: "pods",
          inputs: { namespace: "acme-corp", serviceAccount: "a", roleArn: roleArn("shared") },
        },
      ],
    ],
  ])("by %s", (_, workload) => {
    const shared = planIn(US_EAST, role("shared"), grant("reads", "shared", "s3:GetObject", "arn:aws:s3:::theirs/*"));
    expect(named(found(planIn(ACME, ...workload), shared, planIn(XYZ, ...THEIRS)))).toHaveLength(1);
    expect(named(found(planIn(ACME), shared, planIn(XYZ, ...THEIRS)))).toEqual([]);
  });

  it("by service accounts of the cluster that a role trusts by their tokens", () => {
    const trust = (sub: string): object => ({
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A` },
      Condition: { StringLike: { "oidc.eks.us-east-1.amazonaws.com/id/A:sub": sub } },
    });
    const neighbour = (sub: string): Plan =>
      planIn(
        NEIGHBOUR,
        object("core/v1:Namespace", "neighbour", undefined),
        role("theirs", [trust(sub)]),
        bucket("b"),
        grant("own", "theirs", "s3:GetObject", "arn:aws:s3:::b/*"),
      );
    const ours = planIn(ACME, object("core/v1:Namespace", "acme-corp", undefined));
    expect(found(ours, neighbour("system:serviceaccount:*:reader"))).toHaveLength(1);
    expect(found(ours, neighbour("system:serviceaccount:neighbour:reader"))).toEqual([]);
  });
});
