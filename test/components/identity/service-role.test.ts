import { describe, expect, it } from "vitest";
import { trustAgentcore, trustPods } from "../../../components/identity/service-role.ts";
import { PLACE } from "../planned.ts";

describe("trustAgentcore", () => {
  it("trusts the service only while it acts for one resource of the account", () => {
    expect(trustAgentcore(PLACE, "runtime/xyz_gmbh_mcp_files_v1-*")).toEqual({
      Effect: "Allow",
      Principal: { Service: "bedrock-agentcore.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: {
          "aws:SourceArn": "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/xyz_gmbh_mcp_files_v1-*",
        },
      },
    });
  });
});

describe("trustPods", () => {
  it("trusts one service account, in one namespace, of one cluster", () => {
    const pods = { clusterArn: "arn:cluster", namespace: "xyz-gmbh", serviceAccount: "coordinator" };
    expect(trustPods(PLACE, pods)).toEqual({
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:SourceAccount": "111122223333",
          "aws:SourceArn": "arn:cluster",
          "aws:RequestTag/kubernetes-namespace": "xyz-gmbh",
          "aws:RequestTag/kubernetes-service-account": "coordinator",
        },
      },
    });
  });
});
