import { expect, test } from "vitest";
import { mayAct } from "./may.ts";

const guards = { membersOf: async (group: string) => (group === "S1" ? ["U0BOB"] : []) };
const silent = {
  membersOf: async (): Promise<readonly string[]> => {
    throw new Error("missing_scope");
  },
};

test.each([
  { name: "somebody on the list", id: "U0ALICE", allowed: { users: ["U0ALICE"] }, may: true },
  { name: "somebody in the group", id: "U0BOB", allowed: { users: [], group: "S1" }, may: true },
  { name: "anybody else", id: "U0EVE", allowed: { users: ["U0ALICE"], group: "S1" }, may: false },
  {
    name: "a member of another group",
    id: "U0BOB",
    allowed: { users: [], group: "S2" },
    may: false,
  },
  { name: "anybody where nobody is named", id: "U0ALICE", allowed: { users: [] }, may: false },
])("whether $name may act", async ({ id, allowed, may }) => {
  expect(await mayAct({ id }, allowed, guards)).toBe(may);
});

test("a name is no id", async () => {
  const user = { id: "U0EVE", name: "U0ALICE" };
  expect(await mayAct(user, { users: ["U0ALICE"] }, guards)).toBe(false);
});

test("who is on the list needs no answer of Slack; for all others its silence is a refusal", async () => {
  const allowed = { users: ["U0ALICE"], group: "S1" };
  expect(await mayAct({ id: "U0ALICE" }, allowed, silent)).toBe(true);
  await expect(mayAct({ id: "U0BOB" }, allowed, silent)).rejects.toThrow("missing_scope");
});
