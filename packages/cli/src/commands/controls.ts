import { controls } from "@bucket-warden/core/controls";
import type { Command } from "commander";
import { describeControl, tableOf } from "../controls/describe.ts";
import { guide } from "../guide.ts";
import { print } from "../terminal.ts";

export function addControls(program: Command): void {
  const command = program
    .command("controls")
    .summary("list what can be asked of buckets, accounts and Regions")
    .description(
      "Lists every control: what it looks at, what it does on drift where the baseline lets it, and what must hold. Nothing is called and nothing is changed.",
    )
    .option("--json", "print one JSON array, with IAM actions and references to other catalogues")
    .action((options: { json?: boolean }) => {
      const descriptions = controls.map(describeControl);
      if (options.json === true) print(JSON.stringify(descriptions));
      else for (const line of tableOf(descriptions)) print(line);
    });
  guide(command, {
    examples: ["warden controls", "warden controls --json | jq -r '[.[].actions[]] | unique[]'"],
    exitCodes: { 0: "they are listed" },
    more: `On drift:
  automatic    repaired, with the exceptions that its page names
  approval     repaired once a person asked for it
  report-only  told to people`,
  });
}
