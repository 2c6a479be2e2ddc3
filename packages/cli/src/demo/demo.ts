import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import { resourceName } from "@bucket-warden/core/model";
import type { Message } from "@bucket-warden/core/notify";
import { type Sandbox, startSandbox } from "@bucket-warden/sandbox";
import { createKey, type Deployment, deploy } from "@bucket-warden/sandbox/deployment";
import { print } from "../terminal.ts";
import { demoBaseline } from "./baseline.ts";
import { cast, foreignStatements, surroundings } from "./cast.ts";
import { type DemoClients, demoClients } from "./clients.ts";
import { printTable, type Row, rowOf, surprises } from "./final-table.ts";
import { type Act, acts } from "./intruder.ts";
import { showSamples } from "./samples.ts";
import { seed } from "./seed.ts";
import { seedSurroundings } from "./surroundings.ts";
import { printAct, printChapter, printMessage, printSummary } from "./timeline.ts";

/** Plays the whole demo. Returns what is not right in the end; nothing means success. */
export async function playDemo(): Promise<readonly string[]> {
  const sandbox = await startSandbox();
  const deployment = await deploy(sandbox, { baseline: demoBaseline });
  try {
    const keyArn = await createKey(sandbox, sandbox.region);
    const europeanKeyArn = await createKey(sandbox, "eu-west-1");
    const latest = new Map<string, string>();
    deployment.onMessage(({ id, on }) => latest.set(resourceName(on), id));
    const keys = { keyArn, europeanKeyArn };
    return await play({ sandbox, deployment, ...keys, clientFor: demoClients(sandbox), latest });
  } finally {
    await deployment.stop();
    await sandbox.stop();
  }
}

interface Stage {
  readonly sandbox: Sandbox;
  readonly deployment: Deployment;
  readonly clientFor: DemoClients;
  readonly keyArn: string;
  readonly europeanKeyArn: string;
  /** The ledger entry of the latest message about each resource. */
  readonly latest: ReadonlyMap<string, string>;
}

async function play(stage: Stage): Promise<readonly string[]> {
  const { deployment } = stage;
  printChapter("The account", `and its ${cast.length} buckets, before anything guards them`);
  const widest = Math.max(...surroundings.map(({ name }) => name.length));
  for (const { name, story } of [...surroundings, ...cast])
    print(`  ${name.padEnd(widest)}  ${story}`);
  await seed(cast, stage);
  await seedSurroundings(stage);

  printChapter(
    "The sweep",
    "every bucket is read, judged, repaired where a machine may, read back",
  );
  const stopPrinting = deployment.onMessage(printSummary);
  await deployment.sweep();
  await deployment.idle();
  stopPrinting();

  printChapter(
    "The intruder",
    "each call becomes a CloudTrail record and runs through the deployed rule",
  );
  deployment.watch();
  const unanswered: string[] = [];
  for (const act of acts) {
    if (!(await answered(act, stage))) unanswered.push(`${act.call} was not ${act.answer}`);
  }
  const wrong = [...unanswered, ...(await readBack(stage))];
  await deployment.digest();
  await showSamples(stage.sandbox);
  return wrong;
}

const mostMilliseconds = 15_000;

/** Plays one act and waits until people were told of it as they shall be. */
async function answered(act: Act, { deployment, clientFor, latest }: Stage): Promise<boolean> {
  const { call, on, user = "mallory" } = act;
  const { idle, invoke } = deployment;
  const undo = (reason: string) =>
    invoke({ undo: latest.get(on), mode: "apply", requestedBy: user, reason });
  printAct(user, call, on);
  const started = performance.now();
  const told = nextMessage(deployment, act);
  await act.play(clientFor(user), { idle, undo });
  const message = await told;
  if (message !== undefined) printMessage(message, performance.now() - started);
  await deployment.idle();
  return message !== undefined;
}

function nextMessage(deployment: Deployment, act: Act): Promise<Message | undefined> {
  return new Promise((resolve) => {
    const finish = (message: Message | undefined) => {
      clearTimeout(timer);
      stop();
      resolve(message);
    };
    const timer = setTimeout(() => finish(undefined), mostMilliseconds);
    const stop = deployment.onMessage((message) => {
      const isAnswer = message.notices.some(({ kind }) => kind === act.answer);
      if (isAnswer && resourceName(message.on) === act.on) finish(message);
    });
  });
}

/** Reads everything back, proves that a second look has nothing to write, and prints the table. */
async function readBack(stage: Stage): Promise<readonly string[]> {
  const { deployment, sandbox } = stage;
  await deployment.idle();
  printChapter("The end", "everything read back; a second sweep must have nothing to write");
  sandbox.calls.clear();
  await deployment.sweep();
  await deployment.idle();
  const rewrites = sandbox.calls.list({ service: "s3", write: true }).length;
  const rows = await standings(deployment);
  printTable(rows);
  print(`\nWrites to S3 in the second sweep: ${rewrites}`);
  return [
    ...surprises(rows, [...surroundings, ...cast]),
    ...(rewrites === 0 ? [] : [`the second sweep wrote ${rewrites} times`]),
    ...(await lostStatements(stage)),
  ];
}

async function standings(deployment: Deployment): Promise<readonly Row[]> {
  const answer = await deployment.invoke({
    mode: "plan",
    reason: "the table at the end of the demo",
    requestedBy: "demo",
  });
  return answer.results.map(({ resource, findings, held }) => rowOf(resource, findings, held));
}

async function lostStatements({ clientFor }: Stage): Promise<readonly string[]> {
  const command = new GetBucketPolicyCommand({ Bucket: "acme-partner" });
  const { Policy: policy = "" } = await clientFor("owner").s3.send(command);
  return foreignStatements
    .filter((statement) => !policy.includes(statement))
    .map((statement) => `a foreign statement was changed: ${statement.slice(0, 40)}…`);
}
