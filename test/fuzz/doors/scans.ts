import fc from "fast-check";
import { jsonFormat } from "../../../packages/cli/src/output/json.ts";
import { readScan } from "../../../packages/cli/src/output/read-scan.ts";
import { jsonOf, mangled, mangledText } from "../../arbitraries/mangled.ts";
import { printed, someLooks } from "../../output/scans.ts";
import { door } from "../door.ts";
import { throughFile } from "./through-file.ts";

const text = printed(jsonFormat(), someLooks());
const scan: object = JSON.parse(text);

/** Laid out in one line, which is read as a whole, and with a line damaged among good ones. */
const texts = fc.oneof(
  mangled([scan]).map(jsonOf),
  mangledText([scan]),
  fc
    .tuple(fc.nat(6), mangledText([...someLooks()]))
    .map(([place, line]) => text.split("\n").with(place, line).join("\n")),
);

export const scanDoors = [
  door({ name: "saved scans", inputs: texts, enter: throughFile(readScan) }),
];
