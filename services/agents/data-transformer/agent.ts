import { RECORDS } from "../../../contracts/agents/choreography.ts";
import type { AgentDefinition } from "../../libraries/agent-process/agent-definition.ts";
import { Problem } from "../../libraries/service-kit/problem.ts";
import { hearValidated } from "./hear-records.ts";
import { handoverSchema, transformed } from "./transform.ts";

/** Maps validated records to the tenant's own form: code, and no model (pipeline). */
export const dataTransformer: AgentDefinition = {
  description: {
    name: "data-transformer",
    description: "Maps validated records of partners to the tenant's own form.",
    version: "1.0.0",
    skills: [
      {
        id: "transform-records",
        name: "Transform records",
        description: "Takes validated records as JSON and answers with them in the tenant's form.",
        tags: ["pipeline"],
        examples: [],
      },
    ],
  },
  work: () =>
    async function* ({ data }) {
      const handover = handoverSchema.safeParse(data[0]);
      if (!handover.success)
        throw new Problem("ERR_HANDOVER", "not what the step before hands over", "the records were not validated");
      await Promise.resolve();
      yield { type: "data", data: { records: handover.data.records.map((it) => transformed(it.index, it.record)) } };
    },
  reactions: { [RECORDS.validated]: hearValidated },
};
