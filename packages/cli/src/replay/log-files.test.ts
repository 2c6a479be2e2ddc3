import { expect, test } from "vitest";
import { ahead } from "./ahead.ts";
import { inOrderOfTime, type LogFile } from "./log-files.ts";
import { lineOf } from "./progress.ts";

function file(place: string, more: Partial<LogFile> = {}): LogFile {
  return { place, bytes: 1, open: async function* () {}, ...more };
}

test("files are taken by the times in their names, whatever folders they are in", () => {
  const at = (region: string, time: string) =>
    `logs/${region}/111122223333_CloudTrail_${region}_${time}Z_Ab1.json.gz`;
  const places = [
    at("us-east-1", "20261120T1000"),
    at("eu-west-1", "20261120T1005"),
    at("eu-west-1", "20261119T2355"),
    "logs/CloudTrail-Digest/a.json.gz",
    "logs/CloudTrail-Insight/b.json.gz",
    "logs/own-name.json",
  ];
  const { files, skipped } = inOrderOfTime(places.map((place) => file(place)));
  expect(files.map(({ place }) => place)).toEqual([
    "logs/own-name.json",
    at("eu-west-1", "20261119T2355"),
    at("us-east-1", "20261120T1000"),
    at("eu-west-1", "20261120T1005"),
  ]);
  expect(skipped).toEqual({
    "digest files, which are for validation": 1,
    "files of CloudTrail Insights, which record no call": 1,
  });
});

test("files are fetched some ahead, large ones when it is their turn, each once", async () => {
  const opened: number[] = [];
  const files = Array.from({ length: 40 }, (_, index) =>
    file(`f-${index}`, {
      bytes: index === 3 ? 100_000_000 : 1,
      async *open() {
        opened.push(index);
        if (index === 5) throw new Error("denied");
        yield Buffer.from(`${index}`);
      },
    }),
  );
  const [first, ...others] = ahead(files);
  if (first === undefined) throw new Error("there are files");
  const textOf = async (one: LogFile) =>
    Buffer.concat(await Array.fromAsync(one.open())).toString();
  expect(await textOf(first)).toBe("0");
  expect(opened).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  const texts = await Promise.all(others.map((it) => textOf(it).catch(String)));
  const wanted = files.slice(1).map((_, index) => (index === 4 ? "Error: denied" : `${index + 1}`));
  expect(texts).toEqual(wanted);
  expect(opened.toSorted((a, b) => a - b)).toEqual(files.map((_, index) => index));
});

test("progress tells the bytes, how fast they come and how long the rest takes", () => {
  const style = {
    barsize: 10,
    barCompleteString: "==========",
    barIncompleteString: "----------",
    barGlue: "",
  };
  const params = { value: 30_000_000, total: 120_000_000, progress: 0.25 };
  expect(lineOf(style, params, 10)).toMatch(
    /^Reading \[=+-+\] 25 % \| 30 of 120 MB \| 3\.0 MB\/s \| 30 s left$/,
  );
});
