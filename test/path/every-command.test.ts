import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test, vi } from "vitest";
import { makeProgram } from "../../packages/cli/src/program.ts";
import { rehearse } from "./rehearsal.ts";
import { wardenHere } from "./warden-here.ts";

// One of these tests runs every command that there is.
vi.setConfig({ testTimeout: 20_000 });

type Command = Readonly<ReturnType<typeof makeProgram>>;

/** How each command is run for its JSON, and how it fails. A new command needs a row. */
interface Row {
  /** What makes it print one JSON document; none where it prints none. */
  readonly json?: readonly string[];
  /** Its exit code then; 0 when left out. */
  readonly code?: number;
  readonly failure: readonly string[];
  /** What the error says. */
  readonly said: string;
}

const stage = await rehearse({ rolesFor: "no-roles" });
const folder = await mkdtemp(join(tmpdir(), "warden-every-"));
const bucket = stage.bucket("every");
const record = { eventSource: "s3.amazonaws.com", eventName: "DeleteBucketPolicy" };
for (const [name, value] of Object.entries({
  "warden.config.json": { ...sandboxBaseline, "account-public-access": { mode: "off" } },
  "logs.json": { Records: [record] },
  "policy.json": { Version: "2012-10-17", Statement: [] },
})) {
  await writeFile(join(folder, name), JSON.stringify(value));
}
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function warden(...words: readonly string[]) {
  const env = { ...stage.sandbox.environment, AWS_ACCESS_KEY_ID: "owner", NO_COLOR: "1" };
  return wardenHere(words, { env, cwd: folder });
}

const rows: Readonly<Record<string, Row>> = {
  demo: { failure: ["now"], said: "too many arguments" },
  sandbox: { failure: ["--port", "70000"], said: "a whole number from 0 to 65535" },
  scan: { json: ["--json"], code: 2, failure: ["--output", "tabel"], said: "Did you mean table?" },
  plan: {
    json: [bucket, "--json"],
    code: 2,
    failure: ["--baseline", "no.yaml"],
    said: "cannot be read",
  },
  apply: { json: ["plan.json", "--json"], failure: ["logs.json"], said: "bucketWarden" },
  explain: { json: [bucket, "--json"], failure: [bucket, "cosr"], said: "Did you mean cors?" },
  doctor: { json: ["--json"], failure: ["--buckets", "x"], said: "Did you mean --bucket?" },
  remediate: { json: [bucket, "--json"], failure: ["s3://x"], said: "without s3://" },
  replay: { json: ["logs.json", "--json"], code: 3, failure: ["nowhere"], said: "no such file" },
  report: {
    json: ["--ledger", "warden-ledger", "--json"],
    failure: ["--ledger", "nowhere"],
    said: "there is no such folder",
  },
  history: { json: [bucket, "--local", "--json"], failure: ["x"], said: "is not a bucket name" },
  undo: {
    json: ["ENTRY", "--local", "--plan", "--reason", "x", "--json"],
    failure: ["nothing", "--reason", "x"],
    said: 'there is no ledger entry "nothing"',
  },
  "policy check": { failure: ["policy.json"], said: "it is missing" },
  "policy fix": {
    failure: ["--guarantee", "ssl-only", "--bucket", "b", "nowhere"],
    said: "it cannot be read",
  },
  controls: { json: ["--json"], failure: ["ssl-only"], said: "too many arguments" },
  "waivers list": { json: ["--json"], failure: ["--within", "soon"], said: "it is no time" },
  "waivers check": { json: ["--json"], failure: ["--within", "7"], said: "e.g. 7d or 12h" },
  "baseline check": { json: ["--json"], failure: ["nowhere.yaml"], said: "it cannot be read" },
  "baseline show": {
    json: ["--bucket", "b-1", "--json"],
    failure: [],
    said: "--bucket <name>' not specified",
  },
  "baseline init": { failure: ["--mode", "alrt", "--yes"], said: "Did you mean alert?" },
  "member-template": { json: [], failure: ["--sweep", "now"], said: "rate(1 day)" },
  completion: { failure: ["bsh"], said: "Did you mean bash?" },
};

const program = makeProgram();
const commands = new Map(leavesOf(program).map((it) => [nameOf(it), it]));

function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function nameOf(command: Command): string {
  const { parent } = command;
  const isFirst = parent === null || parent.parent === null;
  return isFirst ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

test("every command has a row here, and every row a command", () => {
  expect(Object.keys(rows).sort()).toEqual([...commands.keys()].sort());
});

test.each([...commands.keys()])(
  "warden %s explains itself, with examples that parse",
  async (name) => {
    const { code, out } = await warden(...name.split(" "), "--help");
    expect(code).toBe(0);
    const [, description = ""] = out.split("\n\n");
    expect(description).toMatch(/^[A-Z][\s\S]+\.$/);
    const [, examples = ""] = out.split("\nExamples:\n");
    const lines = (examples.split("\n\n")[0] ?? "").split("\n").map((it) => it.trim());
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(new RegExp(`^\\$ .*warden ${name}( |$)`));
    const known = commands.get(name)?.options.flatMap(({ long, short }) => [long, short]);
    const calls = lines.flatMap((line) => line.replace("$ ", "").split(/ (?:\||&&|>|<) |; /));
    const own = calls.filter((it) => `${it} `.startsWith(`warden ${name} `));
    const options = own.flatMap((it) => it.match(/(?<= )--[a-z-]+/g) ?? []);
    for (const option of options) expect(known).toContain(option);
    expect(out).toMatch(/\nExit codes:\n {2}0 {4}\S/);
  },
);

test.each(Object.entries(rows))(
  "warden %s fails in three parts",
  async (name, { failure, said }) => {
    const { code, out, error } = await warden(...name.split(" "), ...failure);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(error).toMatch(/^(Writes with .*\n)?error: .+: .+\n.+\n$/);
    expect(error).toContain(said);
  },
);

test("every command with --json has a row for it", () => {
  for (const [name, command] of commands) {
    const takesJson = command.options.some(({ long }) => long === "--json");
    if (takesJson && name !== "sandbox") expect(rows[name]?.json, name).toBeDefined();
  }
});

test("each prints one JSON document, and nothing else on the standard output", async () => {
  stage.change(bucket, "versioning", undefined);
  await warden("plan", bucket, "--out", "plan.json");
  let entry = "";
  for (const [name, { json, code = 0 }] of Object.entries(rows)) {
    if (json === undefined) continue;
    const words = json.map((word) => (word === "ENTRY" ? entry : word));
    const ended = await warden(...name.split(" "), ...words);
    expect({ name, ...ended }).toMatchObject({ name, code, out: expect.stringMatching(/^[[{]/) });
    const document: unknown = JSON.parse(ended.out);
    if (name === "history") entry = (document as readonly { readonly id: string }[])[0]?.id ?? "";
  }
});

test("the sandbox prints where it is, and Ctrl-C ends it", async () => {
  const ended = warden("sandbox", "--port", "0", "--json");
  await vi.waitFor(() => expect(process.listenerCount("SIGINT")).toBeGreaterThan(0), 10_000);
  process.emit("SIGINT");
  const { code, out } = await ended;
  expect({ code, document: JSON.parse(out) }).toMatchObject({
    code: 0,
    document: { endpoint: expect.stringContaining("http://127.0.0.1:") },
  });
});
