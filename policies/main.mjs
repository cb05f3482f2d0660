import { planOffline } from "./pack/offline-plan.ts";
import { startPack } from "./pack/start-pack.ts";

startPack({ wholePlanOf: planOffline });
