import type { Where } from "../../guarantees/guarantee.ts";
import { arnParts } from "../../match/arn.ts";
import type { Statement } from "../../syntax/document.ts";

/** A bucket policy speaks of its own bucket: its name is in the resources, unless they are all `*`. */
export function bucketNamedIn({ resource }: Statement): Where {
  for (const pattern of resource.patterns) {
    const parts = arnParts(pattern);
    if (parts?.[2] !== "s3") continue;
    const [, partition, , , , path] = parts;
    // Stryker disable next-line StringLiteral: split() always gives a first piece
    const bucket = path.split("/")[0] ?? "";
    if (!/[*?$]/.test(`${partition}${bucket}`)) return { partition, bucket };
  }
  return { partition: "aws", bucket: "example-bucket" };
}
