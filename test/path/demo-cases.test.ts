import { controls } from "@bucket-warden/core/controls";
import { startSandbox } from "@bucket-warden/sandbox";
import { createKey, deploy } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test } from "vitest";
import { demoBaseline } from "../../packages/cli/src/demo/baseline.ts";
import { cases } from "../../packages/cli/src/demo/cases.ts";
import { cast, surroundings } from "../../packages/cli/src/demo/cast.ts";
import { demoClients } from "../../packages/cli/src/demo/clients.ts";
import { seed } from "../../packages/cli/src/demo/seed.ts";
import { seedSurroundings } from "../../packages/cli/src/demo/surroundings.ts";

const sandbox = await startSandbox();
const deployment = await deploy(sandbox, { baseline: demoBaseline });
afterAll(async () => {
  await deployment.stop();
  await sandbox.stop();
});

const keyArn = await createKey(sandbox, sandbox.region);
const europeanKeyArn = await createKey(sandbox, "eu-west-1");
const clientFor = demoClients(sandbox);
await seed(cast, { clientFor, keyArn });
await seedSurroundings({ clientFor, europeanKeyArn });
const { results } = await deployment.invoke({ mode: "plan", reason: "test", requestedBy: "test" });

/** How a control stands on a resource right after the account was made. */
function standing(id: string, name: string): string | undefined {
  const { findings = [] } = results.find(({ resource }) => resource === name) ?? {};
  return findings.find(({ control }) => control === id)?.assessment.kind;
}

test.each(controls)("the demo has a case of $id, or says why not", ({ id }) => {
  const found = cases[id];
  if ("none" in found) return expect(found.none).toMatch(/^.{20,100}$/);
  // Either the seeded account has the drift, or the intruder brings it and it stays to be seen.
  const stays = [...cast, ...surroundings].find(({ name }) => name === found.resource)?.expected[
    id
  ];
  expect(stays ?? standing(id, found.resource)).toMatch(/^(drift|flagged|approval|blocked)$/);
});

test("the demo switches every control on somewhere", () => {
  const seen = new Set(results.flatMap(({ findings }) => findings.map(({ control }) => control)));
  const missing = controls.filter(({ id }) => !("none" in cases[id]) && !seen.has(id));
  expect(missing.map(({ id }) => id)).toEqual([]);
});
