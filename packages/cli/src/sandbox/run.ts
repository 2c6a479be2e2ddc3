import { InputError } from "@bucket-warden/core/kernel";
import { startSandbox } from "@bucket-warden/sandbox";
import { deploy, prepareRegions, sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { printMessage } from "../demo/timeline.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly port: number;
  /** Nothing looks at the buckets by itself. */
  readonly unguarded?: boolean;
  readonly json?: boolean;
}

/** Keeps a sandbox running until it is interrupted. */
export async function runSandbox({ port, unguarded, json }: Options): Promise<void> {
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
  if (unguarded !== true) deployment.watch();
  if (json === true) {
    print(JSON.stringify({ endpoint: sandbox.endpoint, account, region }));
  } else {
    print(guideTo(sandbox.environment, unguarded === true ? toScan : toBreak));
    deployment.onMessage((message) => printMessage(message));
  }
  await interrupted();
  await deployment.stop();
  await sandbox.stop();
}

interface Trial {
  readonly guarded: string;
  readonly commands: string;
}

function guideTo(environment: Readonly<Record<string, string>>, trial: Trial): string {
  const exports = Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`);
  return `The sandbox is running. ${trial.guarded} In another terminal:

${exports.join("\n")}

Then try:

${trial.commands}
`;
}

const toScan: Trial = {
  guarded: "Nothing looks at its buckets until you ask for it.",
  commands: `  aws s3api create-bucket --bucket photos
  npx warden baseline init --yes
  npx warden scan --bucket photos
  npx warden plan photos --control ssl-only versioning --out plan.json
  npx warden apply plan.json
  npx warden report --ledger warden-ledger`,
};

const toBreak: Trial = {
  guarded: "Every bucket that you create in it is guarded.",
  commands: `  aws s3api create-bucket --bucket photos
  aws s3api delete-bucket-encryption --bucket photos
  aws s3api put-bucket-policy --bucket photos --policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/*"}]}'

and look at what is there a moment later:

  aws s3api get-bucket-policy --bucket photos --query Policy --output text
  npx warden history photos`,
};

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
