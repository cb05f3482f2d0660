import { type Planted, STACKS } from "../environment.ts";

const { acme, region, xyz } = STACKS;

/** Hops from pods to hosts on the internet, and to what they are told of, that an operator breaks by mistake. */
export const nameCuts: readonly Planted[] = [
  {
    name: "no way to the keys of tokens",
    story: "The policy by name of an agent was taken for a leftover: it can believe no token any more.",
    reaches: ["agent-coordinator"],
    change: (it) => it.remove(xyz, "ApplicationNetworkPolicy", "agent-coordinator-hosts"),
  },
  {
    name: "no way to the exchange of codes",
    story: "The list of the consumers' BFF was shortened to the host of the pool: nobody comes back signed in.",
    reaches: ["bff-b2c"],
    change: (it) =>
      it.edit(acme, "ApplicationNetworkPolicy", "bff-b2c-hosts", (all) => {
        all["spec"].egress[0].to[0].domainNames.splice(1);
      }),
  },
  {
    name: "no domain to exchange codes at",
    story: "The domain of the pool was removed, so that the pool could be used by a private endpoint.",
    reaches: ["bff-b2c"],
    change: (it) => it.remove(acme, "UserPoolDomain", "pool"),
  },
  {
    name: "the private endpoint of the pool's host",
    story: "An endpoint was added to keep the traffic inside; it refuses pools that have a domain.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.copy(region, region, "VpcEndpoint", "endpoints-sts", (all) => {
        all["serviceName"] = "com.amazonaws.eu-west-1.cognito-idp";
      }),
  },
  {
    name: "a label that was renamed",
    story: "The policy by name selects the agent by the label that it had before.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "ApplicationNetworkPolicy", "agent-coordinator-hosts", (all) => {
        all["spec"].podSelector.matchLabels = { app: "coordinator" };
      }),
  },
  {
    name: "nodes that let no HTTPS out",
    story: "The nodes of agents were given a class of their own, with a security group for databases.",
    reaches: ["agent-coordinator"],
    change: (it) => {
      it.add(region, "kubernetes:eks.amazonaws.com/v1:NodeClass", "agents", {
        apiVersion: "eks.amazonaws.com/v1",
        kind: "NodeClass",
        metadata: { name: "agents" },
        spec: {
          networkPolicy: "DefaultDeny",
          securityGroupSelectorTerms: [{ id: it.output(region, "SecurityGroup", "keycloak-client", "id") }],
        },
      });
      for (const { name } of it.all(region, "NodePool"))
        it.edit(region, "NodePool", name, (all) => {
          all["spec"].template.spec.nodeClassRef.name = "agents";
        });
    },
  },
  {
    name: "a bus without a way",
    story: "The endpoint of events was moved to another VPC.",
    reaches: ["agent-coordinator", "endpoints-events"],
    change: (it) =>
      it.edit(region, "VpcEndpoint", "endpoints-events", (all) => {
        all["vpcId"] = "vpc-0000000000000000a";
      }),
  },
  {
    name: "queues that the endpoint lets nobody read",
    story: "The policy of the endpoint of sqs lets messages be sent, and not received.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.statements([region, "VpcEndpoint", "endpoints-sqs"], "policy", (all) =>
        all.map((of) => ({ ...of, Action: ["sqs:SendMessage"] })),
      ),
  },
  {
    name: "a bucket by its public name",
    story: "The variable of the endpoint of S3 was set to the name that every guide has.",
    reaches: ["bff-b2b"],
    change: (it) => {
      const old = `https://${JSON.parse(JSON.stringify(it.find(region, "VpcEndpoint", "endpoints-s3-by-name").outputs?.["dnsEntries"]))[0].dnsName}`;
      it.replaceText([xyz, "Deployment", "bff-b2b"], old.replace("*", "bucket"), "https://s3.eu-west-1.amazonaws.com");
    },
  },
  {
    name: "a collector that nothing leads to",
    story: "Agents are told to report to a host of a vendor.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.containers[0].env.push({
          name: "OTEL_EXPORTER_OTLP_ENDPOINT",
          value: "https://otlp.vendor.example",
        });
      }),
  },
];
