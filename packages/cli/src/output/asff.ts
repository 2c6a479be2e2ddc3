import { asffOfLook } from "@bucket-warden/core/notify";
import type { Format } from "./format.ts";
import { jsonText } from "./json-text.ts";

/**
 * A JSON array of findings in the AWS Security Finding Format, one a line. Security Hub takes a
 * hundred at a time: `jq -c '.[0:100]' | aws securityhub batch-import-findings --findings file:///dev/stdin`.
 */
export function asffFormat(): Format {
  let isFirst = true;
  return {
    head: () => "[",
    look: (look) =>
      asffOfLook(look)
        .map((finding) => {
          const between = isFirst ? "\n" : ",\n";
          isFirst = false;
          return `${between}${jsonText(finding)}`;
        })
        .join(""),
    end: () => "\n]\n",
  };
}
