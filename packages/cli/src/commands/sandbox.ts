import { type Command, InvalidArgumentError } from "commander";
import { guide } from "../guide.ts";

interface Options {
  readonly port: number;
  readonly unguarded?: boolean;
  readonly json?: boolean;
}

export function addSandbox(program: Command): void {
  const command = program
    .command("sandbox")
    .summary("keep a guarded sandbox running")
    .description(
      "Runs a pretended AWS on 127.0.0.1 and guards every bucket that is created in it. Any credentials work. Ctrl-C ends it, and nothing is kept.",
    )
    .option("--port <number>", "the port to listen on; 0 takes a free one", parsePort, 4566)
    .option("--unguarded", "let nothing look at the buckets, to try scan, plan and apply")
    .option("--json", "print one line of JSON with the endpoint instead of the guide")
    .action(async (options: Options) => {
      // The sandbox and the SDK are large, and the other commands do without them.
      const { runSandbox } = await import("../sandbox/run.ts");
      await runSandbox(options);
    });
  guide(command, {
    examples: ["warden sandbox", "warden sandbox --port 5000 --json"],
    exitCodes: { 0: "it was ended by Ctrl-C" },
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}
