import { AGENTCORE } from "./agentcore.ts";
import type { Behaviour, Behaviours } from "./behaviour.ts";
import { DATABASES } from "./databases.ts";
import { EC2 } from "./ec2.ts";
import { LOAD_BALANCING } from "./edge/load-balancing.ts";
import { NAMES } from "./edge/names.ts";
import { WAF } from "./edge/waf.ts";
import { IAM } from "./iam.ts";
import { IDENTITY } from "./identity.ts";
import { KEYCLOAK } from "./keycloak.ts";
import { KUBERNETES_OBJECT, isObject } from "./kubernetes.ts";
import { OBSERVABILITY } from "./observability.ts";
import { PLATFORM } from "./platform.ts";
import { SECURITY } from "./security.ts";
import { SECURITY_GROUPS } from "./security-groups.ts";
import { STORAGE } from "./storage.ts";

/** The behaviours of all resource types that the sandbox knows, except Kubernetes objects, which share one. */
export const BEHAVIOURS: Behaviours = {
  ...AGENTCORE,
  ...DATABASES,
  ...EC2,
  ...IAM,
  ...IDENTITY,
  ...KEYCLOAK,
  ...LOAD_BALANCING,
  ...NAMES,
  ...OBSERVABILITY,
  ...PLATFORM,
  ...SECURITY,
  ...SECURITY_GROUPS,
  ...STORAGE,
  ...WAF,
};

/** The behaviour that is written for a resource type, or `undefined` where none is. */
export function behaviourOf(type: string): Behaviour | undefined {
  return isObject(type) ? KUBERNETES_OBJECT : BEHAVIOURS[type];
}
