import type { KeyState } from "../../model/facets.ts";
import { parseAccountId, parseRegion } from "../../model/ref.ts";
import { describeKey, keyStateOf } from "./describe-key.ts";
import type { FacetReader } from "./facet-reader.ts";

/**
 * S3 does not check the key that it is given, so it is looked at before. An alias is resolved here,
 * in the account and region of its own ARN: written into a bucket it would resolve in the account
 * of whoever uploads.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const baselineKeyReader: FacetReader<KeyState> = {
  absent: "key",
  async ask(clients, on, { key }) {
    if (key === undefined) return undefined;
    const [, , , region = "", account = ""] = key.split(":");
    const place = {
      account: on.account,
      region: parseRegion(region, "the region of the baseline's key"),
    };
    parseAccountId(account, "the account of the baseline's key");
    return keyStateOf(await describeKey(clients, place, key));
  },
};
