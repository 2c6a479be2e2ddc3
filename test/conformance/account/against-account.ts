import { rows } from "../calls/index.ts";
import { isEqual } from "../calls/judgement.ts";
import { type Observation, play } from "../calls/play.ts";
import { type Consent, startAccountWorld } from "./account-world.ts";

/** Those rows that stay on buckets of their own, and leave nothing behind. */
const suited: readonly string[] = [
  "bucket policy",
  "bucket versioning",
  "bucket public access block",
  "bucket cors",
  "bucket ownership",
  "bucket encryption",
  "object lock",
  "bucket website",
  "bucket lifecycle",
];

export interface AccountReport {
  readonly asked: readonly Observation[];
  /** Where AWS answers otherwise than is written beside the question. */
  readonly different: readonly Observation[];
}

/** Asks a real account; whatever was made there is deleted again, also after an error. */
export async function askAccount(consent: Consent): Promise<AccountReport> {
  const world = await startAccountWorld(consent);
  try {
    const asked: Observation[] = [];
    for (const row of rows.filter(({ about }) => suited.includes(about))) {
      asked.push(...(await play(row, world)));
    }
    return { asked, different: asked.filter((it) => !isEqual(it)) };
  } finally {
    await world.stop();
  }
}
