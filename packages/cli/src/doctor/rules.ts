import type { Deployed, DeployedRule } from "@bucket-warden/core/aws";
import { controls } from "@bucket-warden/core/controls";
import { eventRules, ruleState } from "@bucket-warden/core/event";
import type { Reading, Region } from "@bucket-warden/core/model";
import type { Line } from "./line.ts";

export interface RuleTerms {
  readonly deployed: Pick<Deployed, "rules">;
  readonly prefix: string;
  readonly regions: readonly [Region, ...Region[]];
  /** Whether the functions are in this account, which rules without them need not be. */
  readonly isHub: boolean;
}

const check = "rules";

/** Whether the account hears of its own changes in each Region. */
export async function checkRules(terms: RuleTerms): Promise<readonly Line[]> {
  const { deployed, prefix, regions, isHub } = terms;
  const seen = await Promise.all(
    regions.map(async (region) => ({ region, reading: await deployed.rules(prefix, region) })),
  );
  const isGuarded = seen.some(({ reading }) => rulesIn(reading).length > 0);
  // Whoever only scans from a laptop has no rules, and need not be allowed to list them.
  if (!(isHub || isGuarded)) return [];
  const troubles = seen.flatMap((it) => troublesOf(it, prefix));
  if (troubles.length > 0) return troubles;
  const count = seen.reduce((sum, { reading }) => sum + rulesIn(reading).length, 0);
  return [
    { check, status: "ok", saw: `${count} rules in ${regions.join(", ")} let events through` },
  ];
}

interface Seen {
  readonly region: Region;
  readonly reading: Reading<readonly DeployedRule[]>;
}

function rulesIn(reading: Seen["reading"]): readonly DeployedRule[] {
  return reading.state === "present" ? reading.value : [];
}

function troublesOf({ region, reading }: Seen, prefix: string): readonly Line[] {
  if (reading.state === "unknown") {
    const saw = `those of ${region} could not be listed (${reading.detail})`;
    return [{ check, status: "unknown", saw, next: "Have events:ListRules allowed." }];
  }
  const rules = new Map(rulesIn(reading).map(({ name, state }) => [name, state]));
  const wanted = eventRules(controls).map(({ name }) => ({
    name: `${prefix}-${name}`,
    state: ruleState(name),
  }));
  const missing = wanted.filter(({ name }) => !rules.has(name));
  if (missing.length === wanted.length) {
    const saw = `there is none of ${prefix} in ${region}, so this account hears of no change there`;
    const next =
      "Deploy the member template here (docs/deploy.md), unless this account is not guarded.";
    return [{ check, status: "warn", saw, next }];
  }
  const disabled = [...rules].filter(([, state]) => state === "DISABLED").map(([name]) => name);
  const weak = wanted.filter(
    ({ name, state }) => rules.get(name) === "ENABLED" && state !== "ENABLED",
  );
  return [
    ...missing.map(({ name }): Line => {
      const next = "Deploy the member template again; until then a sweep finds what changes.";
      return { check, status: "fail", saw: `${name} is not there in ${region}`, next };
    }),
    ...disabled.map((name) => wrong(`${name} is disabled in ${region}`, name, region)),
    ...weak.map(({ name }) =>
      wrong(`${name} in ${region} sees no calls that only read`, name, region),
    ),
  ];
}

function wrong(saw: string, name: string, region: Region): Line {
  const next = `Look in CloudTrail who changed it, and deploy the member template again; aws events describe-rule --name ${name} --region ${region} shows it.`;
  return { check, status: "fail", saw, next };
}
