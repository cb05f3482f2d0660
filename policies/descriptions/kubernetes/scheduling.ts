import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";
import { object } from "./described-object.ts";

/** Kubernetes' priority classes. */
export const SCHEDULING: Descriptions = object("kubernetes:scheduling.k8s.io/v1:PriorityClass", {
  read: ["preemptionPolicy"],
  inert: {
    description: TEXT,
    "metadata.name": NAME,
    value: "In which order waiting pods get a place; with the one policy that a rule accepts, none loses its place.",
  },
  accepts: { globalDefault: [false] },
});
