import { ocsfOfLook } from "@bucket-warden/core/notify";
import type { Format } from "./format.ts";
import { jsonText } from "./json-text.ts";

/** Finding events of the Open Cybersecurity Schema Framework, a line of JSON each, as pipelines read them. */
export function ocsfFormat(): Format {
  return {
    head: () => "",
    look: (look) =>
      ocsfOfLook(look)
        .map((finding) => `${jsonText(finding)}\n`)
        .join(""),
    end: () => "",
  };
}
