import { UNKNOWN } from "../../../plan/model.ts";
import { unsafeDefaultsAreReplaced } from "../../../policies/premise-6-versioning/unsafe-defaults-are-replaced.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

const REPOSITORY = "aws:ecr/repository:Repository";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const KUBERNETES = { apiVersion: "v1", kind: "ServiceAccount" };
const NAMED = { ...KUBERNETES, metadata: { namespace: "xyz-gmbh" } };
const repository = (inputs: object) => planOf({ type: REPOSITORY, name: "images", inputs: { ...inputs } });
const account = (inputs: object) => planOf({ type: ACCOUNT, name: "agent", inputs: { ...inputs } });
const scanned = { imageScanningConfiguration: { scanOnPush: true } };
const must = (name: string, path: string) =>
  `"${name}" must set ${path}: its default may be wider than what is understood.`;

testRule(unsafeDefaultsAreReplaced, {
  accepts: {
    "what sets all that it needs": repository({ ...scanned, imageTagMutability: "IMMUTABLE" }),
    "what is set and not known yet, which other rules judge": repository({
      imageScanningConfiguration: UNKNOWN,
      imageTagMutability: UNKNOWN,
    }),
    "an object without the token of its account": account({ ...NAMED, automountServiceAccountToken: false }),
  },
  rejects: {
    "tags that may be moved by default": [repository(scanned), must("images", "imageTagMutability")],
    "an object that is left out": [
      repository({ imageTagMutability: "IMMUTABLE" }),
      must("images", "imageScanningConfiguration.scanOnPush"),
    ],
    "nothing in its place": [
      repository({ ...scanned, imageTagMutability: null }),
      must("images", "imageTagMutability"),
    ],
    "the token that pods are given by default": [account(NAMED), must("agent", "automountServiceAccountToken")],
    "the namespace of whoever deploys it": [
      account({ ...KUBERNETES, automountServiceAccountToken: false }),
      must("agent", "metadata.namespace"),
    ],
    "one container of two": [
      planOf({
        type: "kubernetes:apps/v1:Deployment",
        name: "agent",
        inputs: {
          apiVersion: "apps/v1",
          kind: "Deployment",
          spec: {
            strategy: { rollingUpdate: { maxUnavailable: 0 } },
            template: {
              spec: {
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                securityContext: {
                  runAsGroup: 65_532,
                  runAsNonRoot: true,
                  runAsUser: 65_532,
                  seccompProfile: { type: "RuntimeDefault" },
                },
                containers: [
                  {
                    securityContext: {
                      allowPrivilegeEscalation: false,
                      capabilities: { drop: ["ALL"] },
                      readOnlyRootFilesystem: true,
                    },
                  },
                  { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } },
                ],
              },
            },
          },
        },
      }),
      must("agent", "spec.template.spec.containers.securityContext.readOnlyRootFilesystem"),
    ],
  },
});
