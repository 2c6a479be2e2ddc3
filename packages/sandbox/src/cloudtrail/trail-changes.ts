import { type Input, optionalText, textIn } from "../wire/input.ts";
import type { OperationCall } from "../wire/json-service.ts";
import { ownTrail, trailError } from "./find-trail.ts";
import { allManagementEvents, selectorsIn } from "./selectors.ts";
import type { Trail } from "./trail.ts";
import { shown } from "./trail-reads.ts";

/** A new trail does not log yet. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html */
export function createTrail(on: OperationCall): Input {
  const { input, call, world } = on;
  const { account } = call.principal;
  const name = textIn(input, "Name");
  const here = [...world.trails.values()].filter(
    (trail) => trail.account === account && trail.homeRegion === call.region,
  );
  if (here.some((trail) => trail.name === name)) {
    throw trailError("TrailAlreadyExistsException", `Trail ${name} already exists`);
  }
  if (here.length >= mostTrails) {
    throw trailError(
      "MaximumNumberOfTrailsExceededException",
      `User: ${account} already has ${mostTrails} trails in ${call.region}.`,
    );
  }
  const trail: Trail = {
    name,
    arn: `arn:aws:cloudtrail:${call.region}:${account}:trail/${name}`,
    account,
    homeRegion: call.region,
    isOrganizationTrail: input["IsOrganizationTrail"] === true,
    isMultiRegion: false,
    includesGlobalServices: true,
    validatesLogFiles: false,
    bucket: "",
    selectors: allManagementEvents,
    logging: false,
    startedAt: call.at,
  };
  return keep(on, { ...trail, ...choicesIn(on), bucket: bucketIn(on) });
}

const mostTrails = 5;

export function updateTrail(on: OperationCall): Input {
  const trail = ownTrail(on, textIn(on.input, "Name"));
  const bucket = on.input["S3BucketName"] === undefined ? trail.bucket : bucketIn(on);
  return keep(on, { ...trail, ...choicesIn(on), bucket });
}

export function deleteTrail(on: OperationCall): Input {
  on.world.trails.delete(ownTrail(on, textIn(on.input, "Name")).arn);
  return {};
}

export function putEventSelectors(on: OperationCall): Input {
  const trail = ownTrail(on, textIn(on.input, "TrailName"));
  keep(on, { ...trail, selectors: selectorsIn(on.input) });
  return { TrailARN: trail.arn };
}

export function startLogging(on: OperationCall): Input {
  const trail = ownTrail(on, textIn(on.input, "Name"));
  keep(on, { ...trail, logging: true, startedAt: on.call.at });
  return {};
}

export function stopLogging(on: OperationCall): Input {
  const trail = ownTrail(on, textIn(on.input, "Name"));
  keep(on, { ...trail, logging: false, stoppedAt: on.call.at });
  return {};
}

function keep({ world }: OperationCall, trail: Trail): Input {
  world.trails.set(trail.arn, trail);
  return shown(trail);
}

/** What the call says of the trail; what it leaves out stays as it is. */
function choicesIn({ input }: OperationCall): Partial<Trail> {
  const flag = (name: string) => (typeof input[name] === "boolean" ? input[name] : undefined);
  const choices = {
    isMultiRegion: flag("IsMultiRegionTrail"),
    includesGlobalServices: flag("IncludeGlobalServiceEvents"),
    validatesLogFiles: flag("EnableLogFileValidation"),
    kmsKeyId: optionalText(input, "KmsKeyId"),
  };
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

function bucketIn({ input, world }: OperationCall): string {
  const bucket = textIn(input, "S3BucketName");
  if (world.buckets.has(bucket)) return bucket;
  throw trailError("S3BucketDoesNotExistException", `S3 bucket ${bucket} does not exist!`);
}
