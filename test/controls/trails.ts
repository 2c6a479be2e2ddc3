import { type Present, present } from "../../packages/core/src/model/reading.ts";
import { parseRegion } from "../../packages/core/src/model/ref.ts";
import type { Trail, Trails } from "../../packages/core/src/model/trails.ts";

/** A trail of the organization that does all that it should. */
const sound: Trail = {
  name: "audit",
  arn: "arn:aws:cloudtrail:us-east-1:999988887777:trail/audit",
  homeRegion: parseRegion("us-east-1", "test"),
  isMultiRegion: true,
  isOrganization: true,
  recordsGlobalServices: true,
  validatesLogFiles: true,
  isEncrypted: true,
  status: present({ isLogging: true }),
  selectors: present([{ management: true, access: "all", excludes: [], narrowedBy: [] }]),
};

/** One trail for each of the changes to a sound one. */
export function trailsOf(...changes: readonly Partial<Trail>[]): Present<Trails> {
  return present(changes.map((change) => ({ ...sound, ...change })));
}
