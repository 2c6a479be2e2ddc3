import type { Door } from "../door.ts";
import { commandLineDoors } from "./command-line.ts";
import { documentDoors } from "./documents.ts";
import { eventDoors } from "./events.ts";
import { ledgerDoors } from "./ledger.ts";
import { planDoors } from "./plans.ts";
import { requestDoors } from "./requests.ts";
import { scanDoors } from "./scans.ts";

/** Every place where something from outside comes in. */
export const doors: readonly Door[] = [
  ...eventDoors,
  ...requestDoors,
  ...documentDoors,
  ...ledgerDoors,
  ...planDoors,
  ...scanDoors,
  ...commandLineDoors,
];
