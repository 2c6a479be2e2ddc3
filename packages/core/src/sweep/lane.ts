import type { ResourceRef } from "../model/ref.ts";

/** An account in a Region: AWS throttles each by itself. */
export function laneOf({ account, region }: Pick<ResourceRef, "account" | "region">): string {
  return `${account}/${region}`;
}
