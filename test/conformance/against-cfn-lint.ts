import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { templateFor } from "../roles/organization.ts";

/**
 * Shows the templates of a member to cfn-lint, the linter of AWS, which knows more of what
 * CloudFormation refuses than the schema check of `test/roles`. Needs Python with `cfn-lint`.
 */
const templates = {
  "alerting.json": templateFor({}),
  "repairing.json": templateFor(sandboxBaseline, { removesPolicies: true }),
  "single-account.json": templateFor(sandboxBaseline, { isInOrganization: false }),
};

/** Answers the exit code. */
async function lint(): Promise<number> {
  const { stdout, error } = spawnSync("cfn-lint", ["--version"], { encoding: "utf8" });
  if (error !== undefined || !/^cfn-lint \d/.test(stdout)) {
    const remedy = "pip install cfn-lint brings it";
    process.stdout.write(`SKIPPED: the member template was not linted, no cfn-lint; ${remedy}.\n`);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), "warden-"));
  try {
    const names = Object.keys(templates);
    for (const [name, template] of Object.entries(templates)) {
      await writeFile(join(folder, name), JSON.stringify(template));
    }
    const args = ["--regions", "eu-west-1", "--", ...names];
    const { status, stdout: found } = spawnSync("cfn-lint", args, {
      cwd: folder,
      encoding: "utf8",
    });
    process.stdout.write(`${stdout.trim()} read ${names.length} member templates\n${found}`);
    return status ?? 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

process.exitCode = await lint();
