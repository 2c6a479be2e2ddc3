import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { membersOf } from "../../scripts/stacks/policies.ts";
import type { Synthesis } from "../../scripts/stacks/synthesize.ts";

/** What came of one invocation. */
export interface Invocation {
  /** What the handler answered; undefined when it failed. */
  readonly answer: unknown;
  /** The error's text, where it failed. */
  readonly failure: string;
  /** The names of the metrics that CloudWatch would read out of the log. */
  readonly metrics: readonly string[];
}

const script = `
const { handler } = await import(process.argv[1]);
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { event, context } = JSON.parse(text);
const answer = await handler(event, { ...context, getRemainingTimeInMillis: () => 120_000 });
console.log("answer " + JSON.stringify(answer ?? null));
`;

/**
 * Runs a function as Lambda would: its bundle alone, in a process of its own, under plain Node, with the
 * variables of the deployment, where `overrides` says that AWS is somewhere else.
 */
export async function invokeBundle(
  { resources, work, app }: Synthesis,
  name: string,
  event: unknown,
  overrides: Readonly<Record<string, string>>,
): Promise<Invocation> {
  const lambda = resources.find((it) => it.name === `${name}Function`);
  const variables = membersOf(membersOf(lambda?.inputs["environment"])["variables"]);
  const { region, allowedAccountIds } = app.providers.aws;
  const functionName = String(lambda?.inputs["name"]);
  const context = {
    functionName,
    awsRequestId: "00000000-0000-4000-8000-000000000001",
    memoryLimitInMB: String(lambda?.inputs["memorySize"]),
    invokedFunctionArn: `arn:aws:lambda:${region}:${allowedAccountIds[0]}:function:${functionName}`,
  };
  const bundle = join(work, "artifacts", `${name}-src`, "bundle.mjs");
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script, bundle], {
    cwd: work, // where baseline.json lies, as it does beside the code in Lambda
    env: { ...asText(variables), ...overrides, AWS_REGION: region },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(JSON.stringify({ event, context }));
  const [output, complaints, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  const lines = output.split("\n");
  const answered = lines.find((line) => line.startsWith("answer "));
  return {
    answer: answered === undefined ? undefined : JSON.parse(answered.slice("answer ".length)),
    failure: exitCode === 0 ? "" : complaints,
    metrics: lines.filter((line) => line.includes('"_aws"')).flatMap(metricsIn),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function metricsIn(line: string): readonly string[] {
  const { _aws: directive } = JSON.parse(line);
  const [{ Metrics: metrics }] = directive.CloudWatchMetrics;
  return metrics.map(({ Name: name }: { readonly Name: string }) => name);
}

function asText(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)]));
}
