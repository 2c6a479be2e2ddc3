import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail as SdkTrail,
} from "@aws-sdk/client-cloudtrail";
import { present, type Reading } from "../../model/reading.ts";
import { parseRegion } from "../../model/ref.ts";
import type { Trail, Trails } from "../../model/trails.ts";
import type { Clients, Place } from "../clients.ts";
import { describeError, meaningOf } from "../errors.ts";
import { selectorsOf } from "./event-selectors.ts";
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
    const { trailList = [] } = await clients.of(CloudTrailClient, on).send(command);
    if (trailList.length === 0) return undefined;
    return Promise.all(trailList.map((trail) => trailOf(clients, on, trail)));
  },
};

async function trailOf(clients: Clients, on: Place, shown: SdkTrail): Promise<Trail> {
  const homeRegion = parseRegion(shown.HomeRegion ?? on.region, "DescribeTrails");
  const client = clients.of(CloudTrailClient, { ...on, region: homeRegion });
  const arn = shown.TrailARN ?? shown.Name ?? "";
  const [status, selectors] = await Promise.all([
    orUnknown(async () => {
      const answer = await client.send(new GetTrailStatusCommand({ Name: arn }));
      const { IsLogging: isLogging = false, LatestDeliveryError: deliveryError = "" } = answer;
      return deliveryError === "" ? { isLogging } : { isLogging, deliveryError };
    }),
    orUnknown(async () => {
      const answer = await client.send(new GetEventSelectorsCommand({ TrailName: arn }));
      return selectorsOf(answer);
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
