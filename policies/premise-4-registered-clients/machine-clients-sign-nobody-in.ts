import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { every, some } from "../engine/three-values.ts";

/** The flows in which nobody signs in with a name and a password. */
const FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH"];

export const machineClientsSignNobodyIn = rule({
  premise: 4,
  id: "machine-clients-sign-nobody-in",
  severity: "high",
  description:
    "A machine's client names its flows, and none of them signs a person in: without a list Cognito allows signing in with passwords.",
  remediation: `Set \`explicitAuthFlows\` to ${FLOWS.join(" or ")} alone.`,
  frameworks: [CONTROL.soc2Registration, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: {
    types: ["aws:cognito/userPoolClient:UserPoolClient"],
    where: (it) => some(it.list("allowedOauthFlows"), (flow) => flow.text() === "client_credentials"),
  },
  judge: (it) => {
    const flows = it.list("explicitAuthFlows");
    return flows.length > 0 && every(flows, (flow) => FLOWS.includes(flow.text() ?? ""))
      ? undefined
      : `"${it.name}" must name its authentication flows, and none that signs a person in.`;
  },
});
