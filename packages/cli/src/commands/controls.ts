import { controls } from "@bucket-warden/core/controls";
import type { Command } from "commander";
import { describeControl, tableOf } from "../controls/describe.ts";
import { print } from "../terminal.ts";

export function addControls(program: Command): void {
  program
    .command("controls")
    .summary("list what can be asked of buckets, accounts and Regions")
    .description(
      "Lists every control: what it looks at, what it does on drift where the baseline lets it, and what must hold. Nothing is called and nothing is changed.",
    )
    .option("--json", "print one JSON array, with IAM actions and references to other catalogues")
    .addHelpText(
      "after",
      "\nExamples:\n  $ warden controls\n  $ warden controls --json | jq -r '[.[].actions[]] | unique[]'\n\nOn drift:\n  automatic    repaired, with the exceptions that its page names\n  approval     repaired once a person asked for it\n  report-only  told to people",
    )
    .action((options: { json?: boolean }) => {
      const descriptions = controls.map(describeControl);
      if (options.json === true) print(JSON.stringify(descriptions));
      else for (const line of tableOf(descriptions)) print(line);
    });
}
