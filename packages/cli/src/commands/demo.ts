import type { Command } from "commander";
import { guide } from "../guide.ts";
import { print } from "../terminal.ts";

export function addDemo(program: Command): void {
  const command = program
    .command("demo")
    .summary("play the main job on an embedded sandbox")
    .description(
      "Seeds a sandbox account, sweeps it, plays an intruder through the AWS SDK, and shows what was found, written and told. No AWS account is touched.",
    )
    .action(async () => {
      // The sandbox and the SDK are large, and the other commands do without them.
      const { playDemo } = await import("../demo/demo.ts");
      const wrong = await playDemo();
      if (wrong.length === 0) {
        print("\nEverything was read back and is right.");
        return;
      }
      print(`\nNot right:\n  ${wrong.join("\n  ")}`);
      process.exitCode = 1;
    });
  guide(command, {
    examples: ["warden demo"],
    exitCodes: { 0: "everything was read back and is right", 1: "it is not" },
  });
}
