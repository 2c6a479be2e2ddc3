import { expect, test } from "vitest";
import { principalOf, type RoleSession } from "./principal.ts";

const session: RoleSession = {
  account: "222233334444",
  accessKey: "ASIA1",
  roleArn: "arn:aws:iam::222233334444:role/path/warden",
  roleName: "warden",
  sessionName: "s",
  externalId: undefined,
  createdAt: 0,
};
const who = (accessKey: string) =>
  principalOf(accessKey, "111122223333", new Map([["ASIA1", session]]));

const cases: readonly [string, string, object][] = [
  [
    "any key is the user of that name",
    "AKIAX",
    { kind: "user", userName: "AKIAX", arn: "arn:aws:iam::111122223333:user/AKIAX" },
  ],
  [
    "root is the root user",
    "root",
    { kind: "root", account: "111122223333", arn: "arn:aws:iam::111122223333:root" },
  ],
  [
    "a name can be placed in an account",
    "bob@222233334444",
    { kind: "user", userName: "bob", account: "222233334444" },
  ],
  ["so can root", "root@222233334444", { kind: "root", arn: "arn:aws:iam::222233334444:root" }],
  [
    "an address is a name like any other",
    "bob@example",
    { userName: "bob@example", account: "111122223333" },
  ],
  [
    "the key of a session is that session",
    "ASIA1",
    { kind: "role-session", arn: "arn:aws:sts::222233334444:assumed-role/warden/s" },
  ],
];

test.each(cases)("%s", (_title, accessKey, expected) => {
  expect(who(accessKey)).toMatchObject(expected);
});
