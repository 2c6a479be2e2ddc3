import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseCanary } from "./canary.ts";
import { plantCanary } from "./plant.ts";

let place = "";
let copy = "";

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "warden-plant-"));
  copy = join(place, "copy");
  await mkdir(copy);
  await mkdir(join(place, "real"));
  await symlink(join(place, "real"), join(copy, "linked"));
  await writeFile(join(place, "real", "kept.txt"), "one\n");
  await symlink(join(place, "real", "kept.txt"), join(copy, "link.txt"));
  await writeFile(join(copy, "file.txt"), "one\ntwo\ntwo\n");
});

afterEach(() => rm(place, { recursive: true }));

const plant = (section: string) =>
  plantCanary(copy, parseCanary("a.canary", `gate: a\nrule: b\n${section}`));

test("a new file gets its folders, an edit changes its lines alone", async () => {
  await plant("--- new/folder/a.ts\nconst a = 1;\n~~~ file.txt\n-one\n+three\n");

  const texts = ["new/folder/a.ts", "file.txt"].map((path) => readFile(join(copy, path), "utf8"));
  await expect(Promise.all(texts)).resolves.toEqual(["const a = 1;\n", "three\ntwo\ntwo\n"]);
});

test.each([
  { name: "a file that exists", section: "--- file.txt\nx\n", cause: /EEXIST/ },
  { name: "lines that are not there", section: "~~~ file.txt\n-four\n", cause: /0 times/ },
  { name: "lines that are there twice", section: "~~~ file.txt\n-two\n", cause: /2 times/ },
  { name: "a file behind a linked folder", section: "--- linked/a.txt\nx\n", cause: /leads to/ },
  { name: "a file outside", section: "--- ../a.txt\nx\n", cause: /leads to/ },
  { name: "a linked file", section: "~~~ link.txt\n-one\n+two\n", cause: /is a link/ },
])("a canary is not planted over $name", async ({ section, cause }) => {
  await expect(plant(section)).rejects.toMatchObject({
    cause: { message: expect.stringMatching(cause) },
  });

  await expect(readFile(join(place, "real", "kept.txt"), "utf8")).resolves.toBe("one\n");
  await expect(readdir(join(place, "real"))).resolves.toEqual(["kept.txt"]);
});
