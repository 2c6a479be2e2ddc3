import type { PublicAccessBlock } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { missingFlags } from "./public-access-flags.ts";
import type { Judged } from "./several.ts";

/**
 * What is wrong with the public access block of an access point, which is settled when that is made.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
 */
export function judgeFixedBlock(
  block: Known<PublicAccessBlock>,
): Pick<Judged, "faults" | "doubts"> {
  if (block.state === "absent") {
    return { faults: [], doubts: ["has a public access block of which S3 does not speak"] };
  }
  const missing = missingFlags([block.value]);
  if (missing.length === 0) return { faults: [], doubts: [] };
  return { faults: [`lacks ${missing.join(", ")} in its public access block`], doubts: [] };
}
