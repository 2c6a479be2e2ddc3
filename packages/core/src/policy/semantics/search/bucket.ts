import type { Where } from "../../guarantees/guarantee.ts";
import { arnParts } from "../../match/arn.ts";
import type { Statement } from "../../syntax/document.ts";

/** A bucket policy speaks of its own bucket: its name is in the resources, unless they are all `*`. */
export function bucketNamedIn({ resource }: Statement): Where {
  for (const pattern of resource.patterns) {
    const [, partition, service, , , path] = arnParts(pattern) ?? [];
    const bucket = path?.split("/")[0];
    if (service !== "s3" || partition === undefined || bucket === undefined) continue;
    if (!/[*?$]/.test(`${partition}${bucket}`)) return { partition, bucket };
  }
  return { partition: "aws", bucket: "example-bucket" };
}
