import { beforeAll, describe, expect, it } from "vitest";
import { ensureCatalogue, type Catalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { gateway, runtime, target } from "./agentcore-inputs.ts";
import { AWS_INPUTS, KEYCLOAK_INPUTS } from "./platform-inputs.ts";
import { EKS_CLUSTER, KUBERNETES_INPUTS } from "./workload-inputs.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

const AGENTCORE_INPUTS: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": runtime(),
  "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": {
    name: "production",
    agentRuntimeId: "acme_database_v2-0a1b2c3d4e",
    agentRuntimeVersion: "1",
  },
  "aws:bedrock/agentcoreGateway:AgentcoreGateway": gateway(),
  "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget": target(),
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": {
    resourceArn: "arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/acme_database_v2-0a1b2c3d4e",
    policy: "{}",
  },
  "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine": {
    name: "acme",
    encryptionKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
  },
  "aws:bedrock/agentcorePolicy:AgentcorePolicy": {
    name: "read",
    policyEngineId: "acme-0a1b2c3d4e",
    validationMode: "FAIL_ON_ANY_FINDINGS",
    definition: { cedar: { statement: "permit(principal, action, resource);" } },
  },
};

describe("what the platform asks for is accepted", () => {
  it.each(Object.entries({ ...AGENTCORE_INPUTS, ...AWS_INPUTS, ...KEYCLOAK_INPUTS, ...KUBERNETES_INPUTS }))(
    "%s",
    (token, inputs) => {
      expect(catalogue.checkInputs(token, inputs)).toEqual([]);
    },
  );

  it.each(Object.entries(AWS_INPUTS))("%s, and with a misspelt property it is refused", (token, inputs) => {
    expect(catalogue.checkInputs(token, { ...inputs, regoin: "x" })).toEqual([
      { property: "regoin", reason: expect.stringMatching(/^unknown property/) as string },
    ]);
  });
});

describe("the cluster component", () => {
  const CLUSTER = "eks:index:Cluster";

  it("is a component whose inputs reach into the other packages", () => {
    expect(catalogue.resource(CLUSTER)?.kind).toBe("component");
    expect(catalogue.checkInputs(CLUSTER, EKS_CLUSTER)).toEqual([]);
  });

  it.each<[Record<string, unknown>, string, string]>([
    [
      { upgradePolicy: { supportTyp: "STANDARD" } },
      "upgradePolicy.supportTyp",
      "unknown property; similar: supportType",
    ],
    [
      { authenticationMode: "Api" },
      "authenticationMode",
      'must be one of CONFIG_MAP, API, API_AND_CONFIG_MAP, not "Api"',
    ],
    [{ autoMode: {} }, "autoMode.enabled", "missing required property"],
    [{ serviceRole: 7 }, "serviceRole", "must be a resource or its id, not a number"],
  ])("refuses %j", (change, property, reason) => {
    expect(catalogue.checkInputs(CLUSTER, { ...EKS_CLUSTER, ...change })).toEqual([{ property, reason }]);
  });

  it("accepts a resource as the SDK puts it on the wire", () => {
    const role = { "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "r" };
    expect(catalogue.checkInputs(CLUSTER, { ...EKS_CLUSTER, serviceRole: role })).toEqual([]);
  });
});

describe("custom Kubernetes resources", () => {
  const POOL = "kubernetes:karpenter.sh/v1:NodePool";
  const pool = {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "agents" },
    spec: { any: [1, { x: true }] },
  };

  it("may hold anything beside what every object has", () => {
    expect(catalogue.checkInputs(POOL, pool)).toEqual([]);
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ kind: "NodePol" }, "kind", 'must be NodePool, not "NodePol"'],
    [{ apiVersion: undefined }, "apiVersion", "missing required property"],
    [{ metadata: { lables: {} } }, "metadata.lables", "unknown property; similar: labels"],
  ])("refuse %j", (change, property, reason) => {
    expect(catalogue.checkInputs(POOL, { ...pool, ...change })).toEqual([{ property, reason }]);
  });

  it("are not taken for misspelt types of Kubernetes itself", () => {
    expect(catalogue.resource("kubernetes:networking.k8s.io/v1:NetworkPolicyy")).toBeUndefined();
    expect(catalogue.resource("kubernetes:apps/v1:Deploy")).toBeUndefined();
    expect(catalogue.resource("kubernetes:gateway.networking.k8s.io/v1:Gateway")?.open).toBe(true);
  });
});

describe("objects of Kubernetes", () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    ["kubernetes:apps/v1:Deployment", { kind: "Deploymnt" }, "kind", 'must be Deployment, not "Deploymnt"'],
    ["kubernetes:apps/v1:Deployment", { spec: {} }, "spec.selector", "missing required property"],
    [
      "kubernetes:core/v1:Namespace",
      { metadata: { labels: { a: 1 } } },
      'metadata.labels["a"]',
      "must be a string, not a number",
    ],
    [
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      { spec: { podSelector: {}, policyTypes: "Ingress" } },
      "spec.policyTypes",
      "must be an array, not a string",
    ],
  ])("%s with %j is refused", (token, change, property, reason) => {
    const faults = catalogue.checkInputs(token, { ...KUBERNETES_INPUTS[token], ...change });
    expect(faults).toContainEqual({ property, reason });
  });
});

describe("a provider's configuration", () => {
  it("may have its nested values as JSON text, or as they are", () => {
    const text = {
      region: "eu-west-1",
      allowedAccountIds: '["1"]',
      defaultTags: '{"tags":{"a":"b"}}',
      skipRegionValidation: "true",
    };
    expect(catalogue.checkProviderConfig("aws", { ...text, version: "7.48.0" })).toEqual([]);
    expect(catalogue.checkProviderConfig("aws", { region: "eu-west-1", allowedAccountIds: ["1"] })).toEqual([]);
    expect(
      catalogue.checkProviderConfig("keycloak", { url: "https://x", initialLogin: "false", clientId: "c" }),
    ).toEqual([]);
    expect(catalogue.checkProviderConfig("kubernetes", { kubeconfig: "{}" })).toEqual([]);
    expect(catalogue.checkProviderConfig("eks", {})).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ["aws", { regoin: "x" }, "regoin", "unknown property; similar: region"],
    ["aws", { allowedAccountIds: "1" }, "allowedAccountIds", "must be an array, not a number"],
    ["aws", { allowedAccountIds: "[1]" }, "allowedAccountIds[0]", "must be a string, not a number"],
    ["aws", { defaultTags: "{" }, "defaultTags", "must be an object, or that as JSON text"],
    ["aws", { defaultTags: '{"tag":{}}' }, "defaultTags.tag", "unknown property; similar: tags"],
    ["keycloak", { initialLogin: "no" }, "initialLogin", "must be a boolean, or that as JSON text"],
    ["gcp", {}, "", "unknown provider pulumi:providers:gcp"],
  ])("of %s is refused: %j", (name, config, property, reason) => {
    const faults = catalogue.checkProviderConfig(name, config);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.property).toBe(property);
    expect(faults[0]?.reason).toContain(reason);
  });
});

describe("what a spec tells beside types", () => {
  it("names outputs, secrets, aliases, and what replaces", () => {
    const vpc = catalogue.resource("aws:ec2/vpc:Vpc");
    expect(vpc?.cloudFormationType).toBe("AWS::EC2::VPC");
    expect(vpc?.outputs).toEqual(expect.arrayContaining(["arn", "cidrBlock", "defaultSecurityGroupId"]));
    expect(vpc?.inputs["cidrBlock"]).toEqual({ type: "string", createOnly: true });
    expect(vpc?.inputs["enableDnsHostnames"]).toEqual({ type: "boolean" });
    expect(catalogue.resource("aws:rds/cluster:Cluster")?.additionalSecretOutputs).toContain("masterPassword");
    expect(catalogue.resource("kubernetes:apps/v1:Deployment")?.aliases).toContain(
      "kubernetes:apps/v1beta1:Deployment",
    );
    expect(catalogue.resource("aws:bedrock/agentcoreGateway:AgentcoreGateway")?.inputs["roleArn"]).toEqual({
      type: "string",
      required: true,
      limits: "botocore 1.44.8 bedrock-agentcore-control RoleArn",
    });
  });
});
