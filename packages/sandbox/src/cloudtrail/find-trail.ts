import { AwsError } from "../wire/aws-error.ts";
import type { OperationCall } from "../wire/json-service.ts";
import type { Trail } from "./trail.ts";

/**
 * The trails that a caller sees in a region: those at home there, and the shadows of multi-Region
 * ones. Members see the trails of their organization.
 */
export function visibleTrails({ call, world }: OperationCall): readonly Trail[] {
  return [...world.trails.values()].filter(
    (trail) =>
      (trail.isOrganizationTrail || trail.account === call.principal.account) &&
      (trail.isMultiRegion || trail.homeRegion === call.region),
  );
}

/** The trail of that name or ARN. A name means a trail at home here; a shadow goes by its ARN. */
export function trailNamed(on: OperationCall, name: string): Trail {
  const { account } = on.call.principal;
  const found = visibleTrails(on).find(
    (trail) =>
      trail.arn === name ||
      (trail.name === name && trail.homeRegion === on.call.region && trail.account === account),
  );
  if (found !== undefined) return found;
  throw trailError("TrailNotFoundException", `Unknown trail: ${name} for the user: ${account}`);
}

/** The trail of that name, to be changed: only its owner may, and only in its home region. */
export function ownTrail(on: OperationCall, name: string): Trail {
  const trail = trailNamed(on, name);
  if (trail.account !== on.call.principal.account) {
    throw trailError(
      "NotOrganizationMasterAccountException",
      "You must be the management account of the organization to perform this operation.",
    );
  }
  if (trail.homeRegion !== on.call.region) {
    throw trailError(
      "InvalidHomeRegionException",
      `The trail ${trail.arn} can only be changed in its home region ${trail.homeRegion}.`,
    );
  }
  return trail;
}

export function trailError(code: string, message: string): AwsError {
  return new AwsError({ code, status: 400, message });
}
