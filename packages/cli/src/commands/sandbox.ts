import { startSandbox } from "@bucket-warden/sandbox";
import { deploy, prepareRegions, sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { type Command, InvalidArgumentError } from "commander";
import { printMessage } from "../demo/timeline.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly port: number;
  readonly json?: boolean;
}

export function addSandbox(program: Command): void {
  program
    .command("sandbox")
    .summary("keep a guarded sandbox running")
    .description(
      "Runs a pretended AWS on 127.0.0.1 and guards every bucket that is created in it. Any credentials work. Ctrl-C ends it, and nothing is kept.",
    )
    .option("--port <number>", "the port to listen on; 0 takes a free one", parsePort, 4566)
    .option("--json", "print one line of JSON with the endpoint instead of the guide")
    .addHelpText("after", "\nExamples:\n  $ warden sandbox\n  $ warden sandbox --port 5000 --json")
    .action(runSandbox);
}

async function runSandbox({ port, json }: Options): Promise<void> {
  const sandbox = await startSandbox({ port });
  const { account, region } = sandbox;
  const deployment = await deploy(sandbox, { baseline: sandboxBaseline });
  await prepareRegions(sandbox, deployment);
  await deployment.idle();
  deployment.watch();
  if (json === true) {
    print(JSON.stringify({ endpoint: sandbox.endpoint, account, region }));
  } else {
    printGuide(sandbox.environment);
    deployment.onMessage((message) => printMessage(message));
  }
  await interrupted();
  await deployment.stop();
  await sandbox.stop();
}

function printGuide(environment: Readonly<Record<string, string>>): void {
  const exports = Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`);
  print(`The sandbox is running. Every bucket that you create in it is guarded. In another terminal:

${exports.join("\n")}

Then try:

  aws s3api create-bucket --bucket photos
  aws s3api delete-bucket-encryption --bucket photos
  aws s3api put-bucket-policy --bucket photos --policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/*"}]}'

and look at what is there a moment later:

  aws s3api get-bucket-policy --bucket photos --query Policy --output text
`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
