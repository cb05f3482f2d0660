import type { Plan } from "../../../../plan/model.ts";
import { backupsAreRestored } from "../../../../policies/premise-5-tenant-isolation/backups/backups-are-restored.ts";
import { plans } from "../../../infra/plans.ts";
import { testRule } from "../../../support/rule-tester.ts";

type Inputs = Readonly<Record<string, unknown>>;

const STACK = "production.us-east-1.acme-corp";
const REAL = plans.get(STACK)!.plan;
const SELECTION = "aws:backup/restoreTestingSelection:RestoreTestingSelection";
const PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan";

/** The tenant's own plan, in which all resources of a type are changed; `undefined` takes them away. */
function changed(type: string, change: (inputs: Inputs) => Inputs | undefined): Plan {
  const resources = REAL.resources.flatMap((one) => {
    if (one.type !== type) return [one];
    const inputs = change(one.inputs);
    return inputs === undefined ? [] : [{ ...one, inputs }];
  });
  return { ...REAL, resources };
}

const message = (name: string): string =>
  `"${name}" must be restored in a test, into a copy under the stack's key for 24 hours at most.`;

const named = (type: string): [string, ...string[]] => {
  const [first, ...others] = REAL.resources.filter((one) => one.type === type).map(({ name }) => message(name));
  if (first === undefined) throw new TypeError(`there is no ${type}`);
  return [first, ...others];
};
const TABLES = named("aws:dynamodb/table:Table");
const ALL: [string, ...string[]] = [...named("aws:rds/cluster:Cluster"), ...TABLES];
const overriding = (overrides: object) =>
  changed(SELECTION, (inputs) =>
    inputs["protectedResourceType"] === "DynamoDB" ? { ...inputs, ...overrides } : inputs,
  );

testRule(
  backupsAreRestored,
  {
    accepts: { "every store of a tenant, restored each month": REAL },
    rejects: {
      "stores that nobody restores": [changed(SELECTION, () => undefined), ...ALL],
      "copies that stay for a week": [
        changed(SELECTION, (inputs) => ({ ...inputs, validationWindowHours: 168 })),
        ...ALL,
      ],
      "copies that are gone at once": [
        changed(SELECTION, (inputs) => ({ ...inputs, validationWindowHours: 0 })),
        ...ALL,
      ],
      "no kind of backup": [
        changed(PLAN, (inputs) => ({
          ...inputs,
          recoveryPointSelection: { ...(inputs["recoveryPointSelection"] as object), recoveryPointTypes: [] },
        })),
        ...ALL,
      ],
      "copies that nobody says the end of": [
        changed(SELECTION, (inputs) => ({ ...inputs, validationWindowHours: undefined })),
        ...ALL,
      ],
      "a plan that takes the vault of somebody else": [
        changed(PLAN, (inputs) => ({
          ...inputs,
          recoveryPointSelection: { includeVaults: ["arn:aws:backup:us-east-1:111122223333:backup-vault:other"] },
        })),
        ...ALL,
      ],
      "copies of tables under the key of AWS": [overriding({ restoreMetadataOverrides: {} }), ...TABLES],
      "tables that are left out": [overriding({ protectedResourceArns: [] }), ...TABLES],
    },
  },
  { stack: STACK },
);
