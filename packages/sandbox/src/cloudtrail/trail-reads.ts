import { type Input, textIn } from "../wire/input.ts";
import type { OperationCall } from "../wire/json-service.ts";
import { trailNamed, visibleTrails } from "./find-trail.ts";
import { allManagementEvents } from "./selectors.ts";
import type { Trail } from "./trail.ts";

export function describeTrails(on: OperationCall): Input {
  const asked = on.input["trailNameList"];
  const names: readonly unknown[] = Array.isArray(asked) ? asked : [];
  const withShadows = on.input["includeShadowTrails"] !== false;
  const trails = visibleTrails(on)
    .filter(({ name, arn }) => names.length === 0 || names.includes(name) || names.includes(arn))
    .filter(({ homeRegion }) => withShadows || homeRegion === on.call.region);
  return { trailList: trails.map(shown) };
}

export function shown(trail: Trail): Input {
  return {
    Name: trail.name,
    TrailARN: trail.arn,
    HomeRegion: trail.homeRegion,
    S3BucketName: trail.bucket,
    IncludeGlobalServiceEvents: trail.includesGlobalServices,
    IsMultiRegionTrail: trail.isMultiRegion,
    IsOrganizationTrail: trail.isOrganizationTrail,
    LogFileValidationEnabled: trail.validatesLogFiles,
    ...(trail.kmsKeyId === undefined ? {} : { KmsKeyId: trail.kmsKeyId }),
    HasCustomEventSelectors: trail.selectors !== allManagementEvents,
    HasInsightSelectors: false,
  };
}

export function listTrails(on: OperationCall): Input {
  return {
    Trails: visibleTrails(on).map(({ name, arn, homeRegion }) => ({
      Name: name,
      TrailARN: arn,
      HomeRegion: homeRegion,
    })),
  };
}

export function trailStatus(on: OperationCall): Input {
  const trail = trailNamed(on, textIn(on.input, "Name"));
  return {
    IsLogging: trail.logging,
    StartLoggingTime: trail.startedAt / 1000,
    ...(trail.stoppedAt === undefined ? {} : { StopLoggingTime: trail.stoppedAt / 1000 }),
    ...(trail.deliveryError === undefined ? {} : { LatestDeliveryError: trail.deliveryError }),
  };
}

export function eventSelectors(on: OperationCall): Input {
  const { arn, selectors } = trailNamed(on, textIn(on.input, "TrailName"));
  const name = selectors.kind === "basic" ? "EventSelectors" : "AdvancedEventSelectors";
  return { TrailARN: arn, [name]: selectors.list };
}
