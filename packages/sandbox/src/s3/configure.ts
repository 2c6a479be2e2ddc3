import { parseXml } from "../wire/xml.ts";
import type { World } from "../world.ts";
import { reconfigure, withDocument, withPolicy } from "./bucket.ts";

/**
 * Sets a bucket's configuration behind everybody's back: no call, no check, no CloudTrail record, as
 * if the event had been lost. `marker` is the sub-resource of the URL, `policy` or `logging`; `text`
 * is the document as it would go over the wire, or undefined to unset it.
 */
export function configure(
  world: World,
  bucketName: string,
  marker: string,
  text: string | undefined,
): void {
  const bucket = world.buckets.get(bucketName);
  if (bucket === undefined) throw new Error(`the world has no bucket ${bucketName}`);
  const { configuration } = bucket;
  if (marker === "policy") {
    reconfigure(bucket, withPolicy(configuration, text), world.now());
    return;
  }
  const parsed = text === undefined ? undefined : parseXml(text);
  if (text !== undefined && parsed === undefined) throw new Error(`not one XML element: ${text}`);
  reconfigure(bucket, withDocument(configuration, marker, parsed?.body), world.now());
}
