import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

export const clusterEndpointIsPrivate = rule({
  premise: 3,
  id: "cluster-endpoint-is-private",
  severity: "critical",
  description: "The API of the cluster that runs the agents is reached from inside the VPC only.",
  remediation: "Set `endpointPublicAccess` to false and `endpointPrivateAccess` to true.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.cluster] },
  foreign: "all",
  judge: [
    (it) =>
      it.flag("vpcConfig.endpointPublicAccess") === false
        ? undefined
        : `"${it.name}" must not have a public API endpoint.`,
    (it) =>
      it.flag("vpcConfig.endpointPrivateAccess") === true
        ? undefined
        : `"${it.name}" must have a private API endpoint.`,
  ],
});
