import { containersBoundWhatTheyUse } from "../../../policies/premise-5-tenant-isolation/containers-bound-what-they-use.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster } from "../programs.ts";

const ALL = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" };
const NO_DISK = { cpu: "1", memory: "1Gi" };

function agent(requests: Record<string, string>, limits: Record<string, string>): void {
  agentOf("support", onCluster(), { container: { resources: { requests, limits } } });
}

const MESSAGE = '"support" must request and limit cpu, memory, ephemeral-storage of each container.';

testRule(
  containersBoundWhatTheyUse,
  {
    accepts: { "a container with requests and limits of all three": () => agent(ALL, ALL) },
    rejects: {
      "a container without any": [() => void agentOf("support", onCluster()), MESSAGE],
      "a container that may fill the disk": [() => agent(ALL, NO_DISK), MESSAGE],
      "a container that asks for no disk": [() => agent(NO_DISK, ALL), MESSAGE],
      "a container that runs before, without any": [
        () =>
          void agentOf("support", onCluster(), {
            container: { resources: { requests: ALL, limits: ALL } },
            initContainers: [{ name: "before", image: "registry.example.com/before" }],
          }),
        MESSAGE,
      ],
    },
  },
  { preview: "realistic" },
);
