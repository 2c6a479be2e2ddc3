import { accessPoints } from "./access-points.ts";
import { bucketAccess } from "./bucket-access.ts";
import { bucketDocuments } from "./bucket-documents.ts";
import { bucketLocks } from "./bucket-locks.ts";
import { bucketSurroundings } from "./bucket-surroundings.ts";
import { hubServices } from "./hub-services.ts";
import { neighbours } from "./neighbours.ts";
import type { Row } from "./row.ts";

/** Everything that the product asks of AWS, asked once in each state that matters. */
export const rows: readonly Row[] = [
  ...bucketDocuments,
  ...bucketLocks,
  ...bucketSurroundings,
  ...bucketAccess,
  ...accessPoints,
  ...neighbours,
  ...hubServices,
];
