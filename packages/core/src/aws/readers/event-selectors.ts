import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventSelectorsResponse,
} from "@aws-sdk/client-cloudtrail";
import type { Selector } from "../../model/trails.ts";

/**
 * What a trail records, in the same words for both kinds of selectors.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function selectorsOf(answer: GetEventSelectorsResponse): readonly Selector[] {
  return [
    ...(answer.EventSelectors ?? []).map(basic),
    ...(answer.AdvancedEventSelectors ?? []).map(advanced),
  ];
}

/** What is left out has the default that the API gives it. */
function basic(selector: EventSelector): Selector {
  const { ReadWriteType: type = "All", IncludeManagementEvents: management = true } = selector;
  return {
    management,
    access: type === "ReadOnly" ? "reads" : type === "WriteOnly" ? "writes" : "all",
    excludes: selector.ExcludeManagementEventSources ?? [],
    narrowedBy: [],
  };
}

/** An operator that is not known here narrows: better to doubt a trail than to trust it. */
function advanced({ FieldSelectors = [] }: AdvancedEventSelector): Selector {
  const fields = new Map(FieldSelectors.map((field) => [field.Field ?? "", field]));
  const narrowedBy = FieldSelectors.filter(
    ({ Field = "", ...operators }) => Object.keys(operators).join() !== understood[Field],
  );
  return {
    management: fields.get("eventCategory")?.Equals?.includes("Management") === true,
    access: accessOf(fields.get("readOnly")?.Equals),
    excludes: fields.get("eventSource")?.NotEquals ?? [],
    narrowedBy: narrowedBy.map(({ Field = "" }) => Field),
  };
}

/** By field, the one operator that management events are selected with and that is judged. */
const understood: Readonly<Record<string, string>> = {
  eventCategory: "Equals",
  readOnly: "Equals",
  eventSource: "NotEquals",
};

function accessOf(readOnly: readonly string[] | undefined): Selector["access"] {
  if (readOnly === undefined || readOnly.length > 1) return "all";
  return readOnly.includes("false") ? "writes" : "reads";
}
