import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type FakeS3, region } from "../fake-s3/start.ts";
import type { CustodianPolicy } from "./policies.ts";

/** What a run took. */
export interface CustodianRun {
  readonly wallMilliseconds: number;
  readonly cpuMilliseconds: number;
}

/** The shell tells what its children took, who get nothing of its own variables but the path. */
const timed =
  'log="$1"; shift; env -i PATH="$PATH" "$@" >"$log" 2>&1 || { tail -5 "$log" >&2; exit 1; }; times';

/** Runs an executable as `custodian run`, without its cache, against the fake and nothing else. */
export async function runCustodian(
  path: string,
  policies: readonly CustodianPolicy[],
  { endpoint }: FakeS3,
): Promise<CustodianRun> {
  const home = await mkdtemp(join(tmpdir(), "custodian-"));
  try {
    const file = join(home, "policies.yml");
    await writeFile(file, JSON.stringify({ policies }));
    const output = ["--output-dir", join(home, "out")];
    const given = ["run", ...output, "--cache-period", "0", "--region", region, file];
    const variables = [
      `HOME=${home}`,
      `AWS_ENDPOINT_URL=${endpoint}`,
      `AWS_DEFAULT_REGION=${region}`,
      "AWS_ACCESS_KEY_ID=AKIABENCH",
      "AWS_SECRET_ACCESS_KEY=secret",
      "AWS_EC2_METADATA_DISABLED=true",
    ];
    const command = [join(home, "log"), ...variables, path, ...given];
    const startedAt = performance.now();
    const { stdout } = await promisify(execFile)("sh", ["-c", timed, "sh", ...command]);
    const wallMilliseconds = performance.now() - startedAt;
    return { wallMilliseconds, cpuMilliseconds: cpuIn(stdout) };
  } finally {
    await rm(home, { recursive: true });
  }
}

/** The second line of `times` is of all children: `1m2.345s 0m0.678s`, in user and system. */
function cpuIn(times: string): number {
  const [, children = ""] = times.trim().split("\n").slice(-2);
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`the shell does not tell times: ${times}`);
  return parts.reduce((sum, [, minutes, seconds]) => {
    return sum + 1_000 * (60 * Number(minutes) + Number(seconds));
  }, 0);
}
