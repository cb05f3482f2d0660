import { DEPLOYERS } from "../../../contracts/execution/roles.ts";
import type { Descriptions } from "../description.ts";
import { object } from "./described-object.ts";

const GROUP = "rbac.authorization.k8s.io";

/** Rights in a cluster: those who deploy tenants may make namespaces, and nobody else has any by these objects. */
export const ACCESS: Descriptions = {
  ...object("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", {
    accepts: {
      "metadata.name": [DEPLOYERS],
      "rules.apiGroups": [""],
      "rules.resources": ["namespaces"],
      "rules.verbs": ["create"],
    },
    needs: ["metadata.name", "rules.resources", "rules.verbs"],
  }),
  ...object("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
    accepts: {
      "metadata.name": [DEPLOYERS],
      "roleRef.apiGroup": [GROUP],
      "roleRef.kind": ["ClusterRole"],
      "roleRef.name": [DEPLOYERS],
      "subjects.apiGroup": [GROUP],
      "subjects.kind": ["Group"],
      "subjects.name": [DEPLOYERS],
    },
    needs: ["roleRef.name", "subjects.kind", "subjects.name"],
  }),
};
