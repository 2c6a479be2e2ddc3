import { parseBaseline } from "@bucket-warden/core/baseline";
import { controls } from "@bucket-warden/core/controls";
import { eventRules } from "@bucket-warden/core/event";
import { accessUnder, enabledUnder } from "@bucket-warden/core/iam";
import { type MemberTemplate, memberTemplate } from "@bucket-warden/core/member";
import type { Command } from "commander";
import { baselineHere } from "../baseline/find.ts";
import { readSource } from "../baseline/source.ts";
import { guide } from "../guide.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly prefix: string;
  readonly sweep: string;
  readonly singleAccount?: boolean;
  readonly removePolicies?: boolean;
}

export function addMemberTemplate(program: Command): void {
  const command = program
    .command("member-template")
    .summary("print the CloudFormation template of a guarded account")
    .description(
      "Prints the template that every guarded account gets in each Region: event rules, and the two roles of the hub with just what the baseline needs. For people who deploy by other means than `sst deploy`. Nothing is called.",
    )
    .argument("[file]", "the baseline; else warden.config.ts, .yaml or .json of this folder")
    .option("--prefix <name>", "what all names begin with", "bucket-warden")
    .option("--sweep <schedule>", "when each account asks to be swept", "rate(1 day)")
    .option("--single-account", "for a hub that guards its own account and no other")
    .option(
      "--remove-policies",
      "also let an undo delete a bucket policy that was not there before",
    )
    .action(async (given: string | undefined, options: Options) => {
      const file = given ?? baselineHere();
      const { input } = file === undefined ? { input: {} } : await readSource(file);
      print(
        JSON.stringify(templateFrom(input, file ?? "the default baseline", options), undefined, 2),
      );
    });
  guide(command, {
    examples: [
      "warden member-template > member.json",
      "warden member-template prod.yaml --prefix bucket-warden-test",
    ],
    exitCodes: { 0: "it is printed" },
    more: "Without a baseline the template is for one that alerts and writes nothing.",
  });
}

function templateFrom(input: unknown, place: string, options: Options): MemberTemplate {
  const { prefix, sweep, singleAccount = false, removePolicies = false } = options;
  const baseline = parseBaseline(input, place);
  return memberTemplate({
    prefix,
    rules: eventRules(enabledUnder(baseline, controls)),
    access: accessUnder(baseline, controls, { removesPolicies: removePolicies }),
    organization: !singleAccount,
    sweepSchedule: sweep,
  });
}
