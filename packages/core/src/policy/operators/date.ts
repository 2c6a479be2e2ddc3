import { type BaseOperator, type Comparison, comparison } from "./family.ts";
import { textOf } from "./operand.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date */
export const dateOperators: readonly BaseOperator[] = [
  date("DateEquals", false, (actual, wanted) => actual === wanted),
  date("DateNotEquals", true, (actual, wanted) => actual === wanted),
  date("DateLessThan", false, (actual, wanted) => actual < wanted),
  date("DateLessThanEquals", false, (actual, wanted) => actual <= wanted),
  date("DateGreaterThan", false, (actual, wanted) => actual > wanted),
  date("DateGreaterThanEquals", false, (actual, wanted) => actual >= wanted),
];

const ISO =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.(?<fraction>\d+))?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/;
const EPOCH_SECONDS = /^\d{5,11}$/;
/** `2026` may be a year or seconds, and 13 digits may be milliseconds. */
const DOUBTFUL = /^(?:\d+(?:\.\d+)?|\d{4}-\d{2})$/;

/** Milliseconds since 1970 of an ISO 8601 date (W3C profile) or of UNIX seconds. */
export function instantOf(text: string): number | "malformed" | "unknown" {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  if (DOUBTFUL.test(text)) return "unknown";
  const { day, fraction = "", zone } = ISO.exec(text)?.groups ?? {};
  const instant = Date.parse(text);
  if (day === undefined || Number.isNaN(instant) || !isRealDay(day)) return "malformed";
  // A time without its zone, and parts of a millisecond, are not in the documentation.
  const documented = (text === day || zone !== undefined) && fraction.length <= 3;
  return documented ? instant : "unknown";
}

/** `Date.parse` takes 31 February for 3 March. */
function isRealDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function date(
  name: string,
  negated: boolean,
  test: (actual: number, wanted: number) => boolean,
): BaseOperator {
  const compare: BaseOperator["compare"] = (operand, text): Comparison => {
    const wanted = instantOf(textOf(operand));
    const actual = instantOf(text);
    if (wanted === "malformed" || actual === "malformed") return "malformed";
    if (wanted === "unknown" || actual === "unknown") return "unknown";
    return comparison(test(actual, wanted));
  };
  return { name, family: "date", negated, variables: false, compare };
}
