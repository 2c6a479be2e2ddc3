import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installPlatform } from "../../scripts/stacks/platform.ts";
import { type Synthesis, synthesize } from "../../scripts/stacks/synthesize.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** What the stage `production` of stacks/stages.ts would make: a hub and its organization. */
    organization: Synthesis;
    /** What the stage `sandbox` would make: one account that guards itself. */
    account: Synthesis;
  }
}

const root = join(import.meta.dirname, "..", "..");
const folders: string[] = [];

/** Runs the real program once for each kind of deployment; all tests look at the same two. */
export async function setup(project: TestProject): Promise<void> {
  await installPlatform(root);
  const [organization, account] = await Promise.all([
    synthesize(root, "production"),
    synthesize(root, "sandbox"),
  ]);
  project.provide("organization", organization);
  project.provide("account", account);
  folders.push(organization.work, account.work);
}

export async function teardown(): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
