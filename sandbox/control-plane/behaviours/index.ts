import { AGENTCORE } from "./agentcore.ts";
import type { Behaviour, Behaviours } from "./behaviour.ts";
import { DATA } from "./data.ts";
import { EC2 } from "./ec2.ts";
import { IAM } from "./iam.ts";
import { IDENTITY } from "./identity.ts";
import { KEYCLOAK } from "./keycloak.ts";
import { KUBERNETES_OBJECT } from "./kubernetes.ts";
import { OBSERVABILITY } from "./observability.ts";
import { PLATFORM } from "./platform.ts";
import { SECURITY } from "./security.ts";

/** Everything that the sandbox has been taught, but for Kubernetes objects, which all behave alike. */
export const BEHAVIOURS: Behaviours = {
  ...AGENTCORE,
  ...DATA,
  ...EC2,
  ...IAM,
  ...IDENTITY,
  ...KEYCLOAK,
  ...OBSERVABILITY,
  ...PLATFORM,
  ...SECURITY,
};

/** How a resource type behaves, or `undefined` when the sandbox has not been taught it. */
export function behaviourOf(type: string): Behaviour | undefined {
  return type.startsWith("kubernetes:") ? KUBERNETES_OBJECT : BEHAVIOURS[type];
}
