import {
  type DefaultRetention,
  type EventHoldDuration,
  GetObjectLockConfigurationCommand,
} from "@aws-sdk/client-s3";
import type { ObjectLock, Period, Retention } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const objectLockReader: FacetReader<ObjectLock> = {
  absent: "objectLock",
  async ask(clients, on) {
    const command = new GetObjectLockConfigurationCommand(bucketOf(on));
    const { ObjectLockConfiguration: lock } = await clients.bucketReads(on).send(command);
    if (lock?.ObjectLockEnabled !== "Enabled") return undefined;
    const rule = lock.Rule?.DefaultRetention;
    const retention = retentionOf(rule);
    const hold = rule?.DefaultEventHold;
    return {
      ...(retention === undefined ? {} : { defaultRetention: retention }),
      ...(hold === undefined ? {} : { defaultEventHold: periodOf(hold) }),
      configuration: { ...lock },
    };
  },
};

function retentionOf(answer: DefaultRetention | undefined): Retention | undefined {
  if (answer?.Mode === undefined) return undefined;
  return { mode: answer.Mode, period: periodOf(answer) };
}

/** Some implementations answer with the unused unit as 0. */
function periodOf({ Days = 0, Years = 0 }: EventHoldDuration): Period {
  return Years > 0 ? { unit: "years", count: Years } : { unit: "days", count: Days };
}
