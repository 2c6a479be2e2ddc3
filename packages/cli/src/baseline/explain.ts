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
  const traits = of.tags === undefined ? {} : { tags: present(of.tags) };
  const found = scopesFor(baseline, ref, traits);
  if (found.kind === "unknown") {
    throw new InputError({
      place: `${place}, scope "${found.scope}"`,
      problem: `whether it matches depends on the tags of ${ref.name}, which were not given`,
      remedy: "Add --tag key=value.",
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
