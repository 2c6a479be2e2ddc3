import { InputError } from "@bucket-warden/core/kernel";
import { startSandbox } from "@bucket-warden/sandbox";
import { deploy, prepareRegions, sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { printMessage } from "../demo/timeline.ts";
import { print } from "../terminal.ts";

/** Keeps a guarded sandbox running until it is interrupted. */
export async function runSandbox({ port, json }: { port: number; json?: boolean }): Promise<void> {
  const sandbox = await startSandbox({ port }).catch((cause: unknown) => {
    throw new InputError({
      place: `--port ${port}`,
      problem: `the sandbox cannot listen there (${cause instanceof Error ? cause.message : cause})`,
      remedy: "Give another port, or 0 for any free one.",
      cause,
    });
  });
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
  warden history photos
`);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
