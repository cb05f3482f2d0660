import { plannedByLane } from "./pack/planned-by-lane.ts";
import { startPack } from "./pack/start-pack.ts";

startPack({ wholePlanOf: plannedByLane });
