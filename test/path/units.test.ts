import { createClients, createReader } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { startSandbox } from "@bucket-warden/sandbox";
import { afterAll, beforeEach, expect, test } from "vitest";

const sandbox = await startSandbox();
afterAll(() => sandbox.stop());
const { account: hub, world } = sandbox;
const region = parseRegion(sandbox.region, "test");
const [member, near, far] = ["222233334444", "ou-home-00000002", "ou-home-00000001"];

beforeEach(() => {
  world.organizationParents.clear();
  world.organizationParents.set(member, near).set(near, far).set(far, "r-home");
});

function unitsAbove(account: string, asking = hub) {
  const credentials = { accessKeyId: `warden@${asking}`, secretAccessKey: "any" };
  const clients = createClients({ endpoint: sandbox.endpoint, region, credentials });
  const ref = { kind: "account", account: parseAccountId(account, "test") } as const;
  return createReader(clients).read("organizationalUnits", { ...ref, region }, {});
}

test("the units above an account are read from the nearest to the root", async () => {
  expect(await unitsAbove(member)).toMatchObject({
    state: "present",
    value: [near, far, "r-home"],
  });
});

test.each([
  { what: "is of another organization", account: "999999999999", why: "ChildNotFoundException" },
  { what: "cannot be asked for by a member", asking: member, why: "AccessDeniedException" },
  { what: "has units in a circle", circle: true, why: "there is no root within 6 units" },
])("an account that $what is unread", async ({ account = member, asking, circle, why }) => {
  if (circle === true) world.organizationParents.set(far, near);
  const reading = await unitsAbove(account, asking);
  expect(reading).toMatchObject({ state: "unknown", detail: expect.stringContaining(why) });
});
