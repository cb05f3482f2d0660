import type { Rule } from "./engine/rule.ts";
import { PREMISE_1 } from "./rules/premise-1.ts";
import { PREMISE_2 } from "./rules/premise-2.ts";
import { PREMISE_3 } from "./rules/premise-3.ts";
import { PREMISE_4 } from "./rules/premise-4.ts";
import { PREMISE_5 } from "./rules/premise-5.ts";
import { PREMISE_6 } from "./rules/premise-6.ts";
import { PREMISE_7 } from "./rules/premise-7.ts";
import { PREMISE_8 } from "./rules/premise-8.ts";
import { RESIDENCY } from "./rules/residency.ts";

/** Every rule, in premise order: a rule that is not listed does not exist. */
export const RULES: readonly Rule[] = [
  ...PREMISE_1,
  ...PREMISE_2,
  ...PREMISE_3,
  ...PREMISE_4,
  ...PREMISE_5,
  ...PREMISE_6,
  ...PREMISE_7,
  ...PREMISE_8,
  ...RESIDENCY,
];
