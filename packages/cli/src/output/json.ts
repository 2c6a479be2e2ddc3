import type { Format } from "./format.ts";
import { jsonText } from "./json-text.ts";
import { newTally } from "./tally.ts";

/** What the document calls itself, so that it can be told from other JSON. */
export const scanMark = { bucketWarden: "scan", version: 1 } as const;

/** One JSON document, with one look a line; `readScan` reads it back. */
export function jsonFormat(): Format {
  const tally = newTally();
  let isFirst = true;
  return {
    head: (head) => `${jsonText({ ...scanMark, ...head }).slice(0, -1)},"looks":[`,
    look: (look) => {
      tally.add(look);
      const between = isFirst ? "\n" : ",\n";
      isFirst = false;
      return `${between}${jsonText(look)}`;
    },
    end: ({ unlooked, ...end }) => {
      const rest = jsonText({ unlooked, ...end, counts: tally.counts() });
      return `\n],${rest.slice(1)}\n`;
    },
  };
}
