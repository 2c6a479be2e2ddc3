import { expect, test } from "vitest";
import { withEdit } from "./edit.ts";

const statement = (Sid: string, Action = "s3:GetObject") =>
  `{ "Sid":"${Sid}", "Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"${Action}","Resource":"arn:aws:s3:::b/*"}`;
const policy = (...statements: readonly string[]) =>
  `{"Version":"2012-10-17","Statement":[${statements.join(" , ")}]}`;
const [a, b, ours] = [statement("A"), statement("B"), statement("Ours")];
const minified = (text: string) => JSON.stringify(JSON.parse(text));

test.each<{ name: string; now?: string; base?: string; edited?: string; text?: string }>([
  {
    name: "a statement that came comes",
    now: policy(a, ours),
    base: policy(a),
    edited: policy(a, b),
    text: policy(a, ours).replace("]}", `,${minified(b)}]}`),
  },
  {
    name: "a statement that went goes",
    now: policy(a, b, ours),
    base: policy(a, b),
    edited: policy(b),
    text: policy(b, ours),
  },
  {
    name: "a policy that went takes its statements along, and ours stay",
    now: policy(a, ours),
    base: policy(a),
    text: policy(ours),
  },
])("$name", ({ now, base, edited, text }) => {
  const result = withEdit(now, { base, edited });
  expect(result.kind).toBe("changed");
  const written = result.kind === "changed" ? (result.text ?? "") : "";
  expect(JSON.parse(written)).toEqual(JSON.parse(text ?? ""));
  // What was there before keeps its bytes.
  for (const kept of [a, b, ours].filter((it) => now?.includes(it) && text?.includes(it))) {
    expect(written).toContain(kept);
  }
});

test.each<{ name: string; now?: string; base?: string; edited?: string }>([
  { name: "came", now: policy(a, b, ours), base: policy(a), edited: policy(a, b) },
  { name: "went", now: policy(ours), base: policy(a), edited: policy(ours) },
  { name: "was none", now: policy(a, ours), base: policy(a), edited: policy(a) },
])("nothing is to be done where the edit $name already", ({ now, base, edited }) => {
  expect(withEdit(now, { base, edited })).toEqual({ kind: "unchanged" });
});

test("where both changed the same statement a person has to choose", () => {
  const now = policy(statement("A", "s3:PutObject"));
  const edited = policy(statement("A", "s3:DeleteObject"));
  expect(withEdit(now, { base: policy(a), edited })).toMatchObject({
    kind: "refused",
    why: "the statement A was changed since in another way",
  });
});

test("an edit that no policy can hold is refused", () => {
  const edited = `{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}`;
  expect(withEdit(policy(a, ours), { base: policy(a), edited }).kind).toBe("refused");
});
