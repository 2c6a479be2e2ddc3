import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { expect, test } from "vitest";
import { absent, present } from "../../model/reading.ts";
import { parseAccountId, parseRegion } from "../../model/ref.ts";
import type { Clients } from "../clients.ts";
import { multiRegionAccessPointsReader } from "./multi-region-access-points.ts";

const on = {
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

type Answers = Readonly<Record<string, object | Error>>;

/** Clients that answer each command by its name. */
function answering(answers: Answers): Clients {
  const send = async ({ constructor: { name } }: object) => {
    const answer = { ...list, ...answers }[name];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const client = Object.assign(new S3ControlClient({ region: "us-west-2" }), { send });
  return { of: () => client } as unknown as Clients; // the reader needs no other member
}

const list: Answers = {
  ListMultiRegionAccessPointsCommand: { AccessPoints: [{ Name: "everywhere", Status: "READY" }] },
};

function refusal(name: string): Error {
  return Object.assign(new Error(name), { name });
}

const none = refusal("NoSuchMultiRegionAccessPointPolicy");

test.each([
  {
    way: "empty",
    GetMultiRegionAccessPointPolicyCommand: { Policy: { Established: {}, Proposed: {} } },
    GetMultiRegionAccessPointPolicyStatusCommand: { Established: { IsPublic: false } },
    isPublic: present(false),
  },
  {
    way: "refused",
    GetMultiRegionAccessPointPolicyCommand: none,
    GetMultiRegionAccessPointPolicyStatusCommand: none,
    isPublic: absent,
  },
])("without a policy the answer may be $way", async ({ way: _way, isPublic, ...answers }) => {
  const read = await multiRegionAccessPointsReader.ask(answering(answers), on, {});
  const policies = { established: absent, proposed: absent, isPublic };
  expect(read).toMatchObject([{ name: "everywhere", ...policies }]);
});

test("what is denied is not taken for a missing policy", async () => {
  const denied = refusal("AccessDenied");
  const answers = {
    GetMultiRegionAccessPointPolicyCommand: denied,
    GetMultiRegionAccessPointPolicyStatusCommand: none,
  };
  await expect(multiRegionAccessPointsReader.ask(answering(answers), on, {})).rejects.toBe(denied);
});
