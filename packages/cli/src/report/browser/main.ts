import type { ReportData } from "../data.ts";
import { daysChart, timesChart } from "./charts.ts";
import { durationText, h, place, scrollable, timeText } from "./dom.ts";
import { findingsTable } from "./findings.ts";
import { heatMap, legend, tiles } from "./heat-map.ts";
import { actorsList, contestedList, waivedList } from "./lists.ts";
import { repairsTable } from "./repairs.ts";
import { themeButtons } from "./theme.ts";

// The page was printed with this data by the same version of the program.
const data = JSON.parse(place("data").textContent) as ReportData;

place("themes").append(...themeButtons());
place("sources").append(data.sources.join(" "));
place("made").append(
  `Made ${timeText(data.madeAt)}. This page holds all of its data and loads nothing.`,
);
place("tiles").append(...tiles(data, medianText(data)));

const findings = findingsTable(data.findings);
place("findings-table").append(findings.element);
const map = heatMap(data, ({ account, control }) => {
  findings.choose({ Account: account, Control: control });
  place("findings-title").scrollIntoView();
  place("findings-title").focus();
});
place("posture").append(scrollable("Posture by control and account", map));
place("legend").append(...legend());
showUnlooked(data);
showWork(data);
focusSearchBySlash();

function medianText({ work }: ReportData): string {
  const seconds = work?.times.medianSeconds;
  return seconds === undefined ? "–" : durationText(seconds);
}

function showUnlooked({ unlooked }: ReportData): void {
  if (unlooked.length === 0) return;
  const items = unlooked.map(({ where, why }) => h("li", {}, `${where}: ${why}`));
  place("unlooked").append(h("h2", {}, "Could not be looked at"), h("ul", {}, ...items));
  place("unlooked").hidden = false;
}

function showWork({ work, findings: rows }: ReportData): void {
  place("people").append(
    ...(work === undefined ? [] : [actorsList(work.actors), contestedList(work.contested)]),
    waivedList(rows),
  );
  if (work === undefined) {
    place("work").hidden = true;
    place("repairs").hidden = true;
    return;
  }
  place("days").append(...daysChart(work.days));
  place("times").append(...timesChart(work.times));
  place("repairs-table").append(repairsTable(work.repairs).element);
  if (work.moreRepairs > 0) {
    place("repairs-table").append(
      h(
        "p",
        { class: "about" },
        `${work.moreRepairs} older ones are counted above and not listed.`,
      ),
    );
  }
}

/** As on many pages: `/` goes to the search of the findings. */
function focusSearchBySlash(): void {
  document.addEventListener("keydown", (event) => {
    const isTyping =
      event.target instanceof Element && event.target.matches("input, select, textarea");
    if (event.key !== "/" || isTyping) return;
    event.preventDefault();
    document.querySelector<HTMLInputElement>("#findings input[type=search]")?.focus();
  });
}
