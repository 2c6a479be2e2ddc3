import type { CloudTrailRecord } from "../trail/cloudtrail-record.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, listIn, optionalText } from "../wire/input.ts";

/** What a trail records, as it was put: basic and advanced selectors exclude each other. */
export type Selectors =
  | { readonly kind: "basic"; readonly list: readonly Input[] }
  | { readonly kind: "advanced"; readonly list: readonly Input[] };

/** What a trail records when nobody said otherwise: every management event. */
export const allManagementEvents: Selectors = {
  kind: "basic",
  list: [
    {
      ReadWriteType: "All",
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ],
};

/** Reads the selectors of a PutEventSelectors call. Throws AwsError unless it has exactly one kind. */
export function selectorsIn(input: Input): Selectors {
  const basic = listIn(input, "EventSelectors");
  const advanced = listIn(input, "AdvancedEventSelectors");
  if (basic.length > 0 === advanced.length > 0) {
    throw invalid("Specify either EventSelectors or AdvancedEventSelectors.");
  }
  if (advanced.length > 0) {
    if (!advanced.every(namesItsCategory)) {
      throw invalid("An advanced event selector must include the eventCategory field.");
    }
    return { kind: "advanced", list: advanced };
  }
  return {
    kind: "basic",
    list: basic.map((selector) => ({
      ...allManagementEvents.list[0],
      ...selector,
      ReadWriteType: readWriteTypeIn(selector),
    })),
  };
}

/**
 * Whether the selectors take a management event.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function selects({ kind, list }: Selectors, record: CloudTrailRecord): boolean {
  const takes = kind === "basic" ? basicTakes : advancedTakes;
  return list.some((selector) => takes(selector, record));
}

function basicTakes(selector: Input, record: CloudTrailRecord): boolean {
  if (selector["IncludeManagementEvents"] === false) return false;
  const excluded = selector["ExcludeManagementEventSources"];
  if (Array.isArray(excluded) && excluded.includes(record.eventSource)) return false;
  const type = selector["ReadWriteType"];
  return type === "All" || type === (record.readOnly ? "ReadOnly" : "WriteOnly");
}

function advancedTakes(selector: Input, record: CloudTrailRecord): boolean {
  const facts: Readonly<Record<string, string>> = {
    eventCategory: record.eventCategory,
    eventSource: record.eventSource,
    eventName: record.eventName,
    eventType: record.eventType,
    readOnly: String(record.readOnly),
  };
  return listIn(selector, "FieldSelectors").every((field) => {
    const value = facts[optionalText(field, "Field") ?? ""] ?? "";
    return Object.entries(operators).every(([name, holds]) => {
      const values = field[name];
      return !Array.isArray(values) || holds(values.map(String), value);
    });
  });
}

type Operator = (values: readonly string[], actual: string) => boolean;

const isOneOf: Operator = (values, actual) => values.includes(actual);
const startsWithOne: Operator = (values, actual) => values.some((it) => actual.startsWith(it));
const endsWithOne: Operator = (values, actual) => values.some((it) => actual.endsWith(it));

const operators: Readonly<Record<string, Operator>> = {
  Equals: isOneOf,
  StartsWith: startsWithOne,
  EndsWith: endsWithOne,
  NotEquals: (values, actual) => !isOneOf(values, actual),
  NotStartsWith: (values, actual) => !startsWithOne(values, actual),
  NotEndsWith: (values, actual) => !endsWithOne(values, actual),
};

function namesItsCategory(selector: Input): boolean {
  return listIn(selector, "FieldSelectors").some(({ Field }) => Field === "eventCategory");
}

function readWriteTypeIn(selector: Input): string {
  const type = optionalText(selector, "ReadWriteType") ?? "All";
  if (["All", "ReadOnly", "WriteOnly"].includes(type)) return type;
  throw invalid(`${type} is not a ReadWriteType.`);
}

function invalid(message: string): AwsError {
  return new AwsError({ code: "InvalidEventSelectorsException", status: 400, message });
}
