import { type DefaultRetention, GetObjectLockConfigurationCommand } from "@aws-sdk/client-s3";
import type { ObjectLock, Retention } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const objectLockReader: FacetReader<ObjectLock> = {
  absent: "objectLock",
  async ask(clients, on) {
    const command = new GetObjectLockConfigurationCommand(bucketOf(on));
    const { ObjectLockConfiguration: lock } = await clients.s3(on).send(command);
    if (lock?.ObjectLockEnabled !== "Enabled") return undefined;
    const retention = retentionOf(lock.Rule?.DefaultRetention);
    return retention === undefined ? {} : { defaultRetention: retention };
  },
};

function retentionOf(answer: DefaultRetention | undefined): Retention | undefined {
  if (answer?.Mode === undefined) return undefined;
  // Some implementations answer with the unused unit as 0.
  const period =
    (answer.Years ?? 0) > 0
      ? ({ unit: "years", count: answer.Years ?? 0 } as const)
      : ({ unit: "days", count: answer.Days ?? 0 } as const);
  return { mode: answer.Mode, period };
}
