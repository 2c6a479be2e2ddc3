import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scan, ScanPart } from "../../packages/cli/src/output/read-scan.ts";
import { reportPieces, writePieces } from "../../packages/cli/src/report/make.ts";
import { pageAround } from "../../packages/cli/src/report/page.ts";
import { bucket, drift, look } from "../output/scans.ts";
import { end, entries, head, looks, now, states } from "./organization.ts";

const executablePath = "/usr/bin/chromium";
const isThere = existsSync(executablePath);
if (!isThere) {
  process.stderr.write(
    "\n*** SKIPPED: no Chromium, so nobody has looked at the report page ***\n\n",
  );
}

const artifacts = join(import.meta.dirname, "../../reports/page");
let folder = "";
let browser: Browser;
let page: Page;
/** What the page said or asked for that it should not. */
const trouble: string[] = [];

const rows = "#findings tbody tr:not(.detail)";
const status = "#findings .status";

// A browser starts and draws beside all other tests, which may take it a while.
const patience = 60_000;

describe.skipIf(!isThere)("the page of a report in Chromium", { timeout: patience }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "warden-report-"));
    await mkdir(artifacts, { recursive: true });
    // Without a sandbox of its own, because tests may run as root.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light" });
    page.setDefaultTimeout(patience / 2);
    page.on("console", (message) => trouble.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", ({ message }) => trouble.push(message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) trouble.push(`request: ${request.url()}`);
    });
    await page.goto(await reportOf("large.html", { head, looks: looks(5_800), end }, 1_400));
  }, patience);
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  test("shows a page of five thousand findings, drift first", async () => {
    expect(await page.locator(status).textContent()).toMatch(
      /^1 to 50 of [5-9],\d{3} findings, page 1 of/,
    );
    expect(await page.locator(rows).count()).toBe(50);
    await page.screenshot({ path: join(artifacts, "light.png") });
    expect(new Set(await page.locator(`${rows} .badge`).allTextContents())).toEqual(
      new Set(["drift"]),
    );
  });

  test("finds, filters and pages", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("billing KMS-ENFORCEMENT");
    for (const text of await page.locator(rows).allTextContents()) {
      expect(text).toMatch(/billing.*kms-enforcement/s);
    }
    const some = await page.locator(status).textContent();
    await page
      .getByRole("group", { name: "Verdict" })
      .getByRole("button", { name: "waived" })
      .click();
    expect(await page.locator(status).textContent()).not.toBe(some);
    for (const verdict of await page.locator(`${rows} .badge`).allTextContents()) {
      expect(verdict).toBe("waived");
    }
    await page.getByRole("button", { name: "Show all" }).first().click();
    await page
      .locator("#findings")
      .getByRole("combobox", { name: "Account" })
      .selectOption("222233334444");
    for (const place of await page.locator(`${rows} th small`).allTextContents()) {
      expect(place).toContain("222233334444");
    }
    await page.locator("#findings").getByRole("button", { name: "Next" }).click();
    expect(await page.locator(status).textContent()).toMatch(/^51 to 100 of /);
    await page.locator("#findings").getByRole("searchbox").fill("no such bucket");
    expect(await page.locator(status).textContent()).toMatch(/^None of [\d,]+ findings fits\.$/);
    await page.getByRole("button", { name: "Show all" }).first().click();
  });

  test("sorts by a column, and says which way to those who do not see it", async () => {
    const control = page.locator("#findings").getByRole("columnheader", { name: "Control" });
    await control.getByRole("button").click();
    const found = () => page.locator(`${rows} code`).allTextContents();
    expect(await control.getAttribute("aria-sort")).toBe("ascending");
    expect(await found()).toEqual((await found()).toSorted());
    await control.getByRole("button").press("Enter");
    expect(await control.getAttribute("aria-sort")).toBe("descending");
    expect((await found())[0]).toBe("website");
  });

  test("opens a finding by the keyboard, with its witness and its diff", async () => {
    await page.locator("#findings").getByRole("searchbox").fill("kms-enforcement repair");
    const more = page.locator(`${rows} .more`).first();
    await more.focus();
    await page.keyboard.press("Enter");
    expect(await more.getAttribute("aria-expanded")).toBe("true");
    const detail = page.locator("#findings .detail:not([hidden])");
    expect(await detail.textContent()).toContain("x-amz-server-side-encryption: AES256");
    expect(await detail.locator("pre .added").first().textContent()).toBe("+{\n");
    await page.keyboard.press("Enter");
    expect(await detail.count()).toBe(0);
  });

  test("leads from a cell of the heat map to its findings", async () => {
    const cell = page.locator("button.cell").first();
    const [, control = "", account = ""] =
      /(\S+) in (\d{12}):/.exec((await cell.getAttribute("title")) ?? "") ?? [];
    await cell.click();
    for (const text of await page.locator(rows).allTextContents()) {
      expect(text).toContain(control);
      expect(text).toContain(account);
    }
    expect(await page.evaluate("document.activeElement.id")).toBe("findings-title");
    await page.getByRole("button", { name: "Show all" }).first().click();
  });

  test("is light or dark as the reader says, whatever the system does", async () => {
    const paper = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const light = await paper();
    await page.getByRole("radio", { name: "dark" }).check();
    expect(await paper()).not.toBe(light);
    await page.screenshot({ path: join(artifacts, "dark.png") });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.getByRole("radio", { name: "light" }).check();
    expect(await paper()).toBe(light);
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("radio", { name: "auto" }).check();
  });

  test("prints its findings without its controls", async () => {
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#findings .bar").isVisible()).toBe(false);
    expect(await page.locator(".themes").isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator(rows).count()).toBe(500);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator(rows).count()).toBe(50);
    await page.emulateMedia({ media: "screen" });
  });

  test("is not wider than a telephone, but for what scrolls in its place", async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("runs nothing that strangers wrote, and shows it as text", async () => {
    const hostile = "</script><script>alert(1)</script><!--<script><img src=x onerror=alert(2)>";
    const seen = [look(bucket("photos"), [drift("cors", hostile, `javascript:${hostile}`)])];
    const scan = { head: { ...head, baseline: hostile }, looks: seen, end };
    await page.goto(await reportOf("hostile.html", scan, 10));
    expect(await page.locator(`${rows} .wide`).textContent()).toBe(hostile);
    expect(await page.locator("#sources").textContent()).toContain(hostile);
    expect(await page.locator("img").count()).toBe(0);
  });

  test("keeps the rules of accessibility, and in the dark those of contrast", async () => {
    await page.goto(await reportOf("small.html", { head, looks: looks(12), end }, 20, 7));
    for (const table of ["#findings", "#repairs"]) {
      await page.locator(`${table} .more`).first().click();
    }
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations("color-contrast")).toEqual([]);
  });

  test("said nothing on the console and asked for nothing all the while", () => {
    expect(trouble).toEqual([]);
  });
});

/** The address of a report of a scan, and of so many entries of a ledger. */
async function reportOf(name: string, scan: Scan, work: number, days = 90) {
  const path = join(folder, name);
  const ledger = { everyEntry: () => each(entries(work)), everyState: () => each(states(100)) };
  const input = {
    scan: partsOf(scan),
    ledger: { name: "the table bucket-warden-ledger", ledger },
    now,
    days,
  };
  await writePieces(path, reportPieces({ ...input, around: pageAround() }));
  return pathToFileURL(path).href;
}

async function* partsOf({ head, looks: seen, end }: Scan): AsyncIterable<ScanPart> {
  yield { kind: "head", head };
  for (const it of seen) yield { kind: "look", look: it };
  yield { kind: "end", end };
}

async function* each<T>(list: readonly T[]): AsyncIterable<T> {
  yield* list;
}

/** The rules of axe that the page breaks, with where. The page lets no foreign script in, so it runs beside it. */
async function violations(rule?: string): Promise<readonly string[]> {
  const axe = await import("axe-core");
  await page.evaluate(axe.default.source);
  const options = {
    resultTypes: ["violations"],
    ...(rule === undefined ? {} : { runOnly: [rule] }),
  };
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, ${JSON.stringify(options)}).then((it) => it.violations)`,
  );
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}
