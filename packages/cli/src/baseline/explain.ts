import {
  type Origin,
  originsOf,
  parseBaseline,
  scopesFor,
  type Waivers,
  waiversOn,
} from "@bucket-warden/core/baseline";
import { InputError } from "@bucket-warden/core/kernel";
import {
  type BucketRef,
  type Facet,
  parseAccountId,
  parseBucketName,
  parseRegion,
  present,
} from "@bucket-warden/core/model";

/** A bucket as somebody describes it on the command line. */
export interface Whereabouts {
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The organizational units above the account. */
  readonly units?: readonly string[];
}

export interface Explanation {
  /** Those that match, in their order. */
  readonly scopes: readonly string[];
  readonly settings: readonly { name: string; value: unknown; from: string }[];
  /** Waivers that mean this bucket, and those of which nobody can tell. */
  readonly waivers: readonly string[];
}

/** What a baseline asks of one bucket, and which part of it asks that. */
export function explain(input: unknown, place: string, of: Whereabouts): Explanation {
  const baseline = parseBaseline(input, place);
  const ref: BucketRef = {
    kind: "bucket",
    name: parseBucketName(of.bucket, "--bucket"),
    account: parseAccountId(of.account, "--account"),
    region: parseRegion(of.region, "--region"),
  };
  const traits = {
    ...(of.tags === undefined ? {} : { tags: present(of.tags) }),
    ...(of.units === undefined ? {} : { organizationalUnits: present(of.units) }),
  };
  const found = scopesFor(baseline, ref, traits);
  if (found.kind === "unknown") {
    throw new InputError({
      place: `${place}, scope "${found.scope}"`,
      ...whatIsMissing(found.unread.facet, ref),
    });
  }
  return {
    scopes: found.scopes.map(({ name }) => name),
    settings: originsOf(baseline, found.scopes).map(({ control, setting, value, from }) => ({
      name: `${control}.${setting}`,
      value,
      from: words(from),
    })),
    waivers: wordsOf(waiversOn(baseline.waivers, ref)),
  };
}

function whatIsMissing(
  facet: Facet,
  { name, account }: BucketRef,
): { readonly problem: string; readonly remedy: string } {
  const [what, remedy] =
    facet === "tags"
      ? [`the tags of ${name}`, "Add --tag key=value."]
      : [`the organizational units above ${account}`, "Add --unit and all ids up to the root."];
  return { problem: `whether it matches depends on ${what}, which were not given`, remedy };
}

function wordsOf({ valid, invalid }: Waivers): readonly string[] {
  return [
    ...valid.map(
      ({ controls, approver, approved, expires, reason }) =>
        `waiver for ${controls.join(", ")} by ${approver}, ${approved} to ${expires}: ${reason}`,
    ),
    ...invalid.map(
      ({ index }) =>
        `waivers.${index} cannot be used and may mean this bucket: nothing is written there`,
    ),
  ];
}

function words(from: Origin["from"]): string {
  switch (from.kind) {
    case "scope":
      return `scope "${from.name}"`;
    case "everywhere":
      return "everywhere";
    case "default":
      return "default";
  }
}
