import manifest from "../../../package.json" with { type: "json" };
import type { Format, ScanEnd } from "../format.ts";
import { jsonText } from "../json-text.ts";
import { notificationsOf, plain, resultsOf } from "./result.ts";
import { rules } from "./rules.ts";

/** GitHub refuses a file with more results in a run; a file may have twenty runs. */
const mostInRun = 25_000;

/**
 * SARIF 2.1.0 as GitHub code scanning takes it.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export function sarifFormat(): Format {
  const notifications: object[] = [];
  let startTimeUtc = "";
  let run = 1;
  let inRun = 0;
  const separated = (result: object): string => {
    if (inRun === mostInRun) {
      run += 1;
      inRun = 1;
      const invocation = { executionSuccessful: true, startTimeUtc };
      return `\n],${members({ invocations: [invocation] })}},\n${runHead(run)}\n${jsonText(result)}`;
    }
    inRun += 1;
    return `${inRun === 1 ? "\n" : ",\n"}${jsonText(result)}`;
  };
  return {
    head: ({ startedAt }) => {
      startTimeUtc = startedAt;
      const schema = "https://json.schemastore.org/sarif-2.1.0.json";
      return `{"$schema":"${schema}","version":"2.1.0","runs":[\n${runHead(run)}`;
    },
    look: (look) => {
      notifications.push(...notificationsOf(look));
      return resultsOf(look).map(separated).join("");
    },
    end: (end) => {
      const invocation = {
        executionSuccessful: end.interrupted !== true,
        startTimeUtc,
        endTimeUtc: end.endedAt,
        toolExecutionNotifications: [...notifications, ...unlookedNotifications(end)],
      };
      return `\n],${members({ invocations: [invocation] })}}\n]}\n`;
    },
  };
}

/** A run up to its results; each has a category of its own, or GitHub would take one for the other. */
function runHead(run: number): string {
  const id = run === 1 ? "bucket-warden/" : `bucket-warden/${run}/`;
  const before = {
    tool: { driver: { name: "Bucket Warden", semanticVersion: manifest.version, rules } },
    automationDetails: { id },
    columnKind: "utf16CodeUnits",
  };
  return `{${members(before)},"results":[`;
}

function members(value: object): string {
  return jsonText(value).slice(1, -1);
}

function unlookedNotifications({ unlooked, endedAt }: ScanEnd): readonly object[] {
  return unlooked.map(({ account, region, why }) => {
    const where = region === undefined ? account : `${account} in ${region}`;
    const text = `Account ${where} could not be looked at: ${why}.`;
    return { level: "error", message: { text: plain(text) }, timeUtc: endedAt };
  });
}
