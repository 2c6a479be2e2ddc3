import {
  type AdvancedEventSelector,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail as SdkTrail,
} from "@aws-sdk/client-cloudtrail";
import { present, type Reading } from "../../model/reading.ts";
import { parseRegion } from "../../model/ref.ts";
import type { Selector, Trail, Trails } from "../../model/trails.ts";
import type { Clients, Place } from "../clients.ts";
import { describeError, meaningOf } from "../errors.ts";
import type { FacetReader } from "./facet-reader.ts";

/**
 * The trails of a Region with the shadows of those at home elsewhere; none is absent. Status and
 * selectors are asked where a trail is at home, and each may be denied without the others.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
export const trailsReader: FacetReader<Trails, Place> = {
  absent: "none",
  async ask(clients, on) {
    const command = new DescribeTrailsCommand({ includeShadowTrails: true });
    const { trailList = [] } = await clients.cloudtrail(on).send(command);
    if (trailList.length === 0) return undefined;
    return Promise.all(trailList.map((trail) => trailOf(clients, on, trail)));
  },
};

async function trailOf(clients: Clients, on: Place, shown: SdkTrail): Promise<Trail> {
  const homeRegion = parseRegion(shown.HomeRegion ?? on.region, "DescribeTrails");
  const client = clients.cloudtrail({ ...on, region: homeRegion });
  const arn = shown.TrailARN ?? shown.Name ?? "";
  const [status, selectors] = await Promise.all([
    orUnknown(async () => {
      const answer = await client.send(new GetTrailStatusCommand({ Name: arn }));
      const { IsLogging: isLogging = false, LatestDeliveryError: deliveryError = "" } = answer;
      return deliveryError === "" ? { isLogging } : { isLogging, deliveryError };
    }),
    orUnknown(async () => {
      const answer = await client.send(new GetEventSelectorsCommand({ TrailName: arn }));
      return [
        ...(answer.EventSelectors ?? []).map(basic),
        ...(answer.AdvancedEventSelectors ?? []).map(advanced),
      ];
    }),
  ]);
  return {
    name: shown.Name ?? arn,
    arn,
    homeRegion,
    isMultiRegion: shown.IsMultiRegionTrail === true,
    isOrganization: shown.IsOrganizationTrail === true,
    recordsGlobalServices: shown.IncludeGlobalServiceEvents === true,
    validatesLogFiles: shown.LogFileValidationEnabled === true,
    isEncrypted: (shown.KmsKeyId ?? "") !== "",
    status,
    selectors,
  };
}

async function orUnknown<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return present(await read());
  } catch (error) {
    const meaning = meaningOf(error, "none");
    const reason = meaning.kind === "unknown" ? meaning.reason : "failed";
    return { state: "unknown", reason, detail: describeError(error) };
  }
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
