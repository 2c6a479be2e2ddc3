import { expect, test } from "vitest";
import { findWords } from "./words.ts";

// Built from parts: this file must pass the gate that it tests.
const path = (...parts: readonly string[]) => `/${parts.join("/")}`;
const url = (rest: string) => `https:${"//"}${rest}`;

test.each([
  { name: "a home folder", line: `cd ${path("home", "ann", "warden")}`, rule: "machine-path" },
  { name: "a home folder on a Mac", line: `"${path("Users", "ann")}"`, rule: "machine-path" },
  { name: "root's hidden file", line: path("root", ".npmrc"), rule: "machine-path" },
  { name: "a working folder", line: `(${path("work", "main")})`, rule: "machine-path" },
  { name: "a file URL", line: `file:${"//"}${path("home", "ann")}`, rule: "machine-path" },
  { name: "a temporary folder", line: `see ${path("tmp", "notes.md")}`, rule: "machine-path" },
  { name: "a neighbour", line: `read ..${path("shared", "notes.md")}`, rule: "outside-path" },
  { name: "a tarball", line: `"resolved": "${url("x.example/zod.tgz")}"`, rule: "resolved-url" },
  { name: "a setting", line: `registry = ${url("npm.example.com/")}`, rule: "registry-host" },
  { name: "a host", line: url("registry.example.com/zod"), rule: "registry-host" },
  { name: "a credential", line: `${url("npm.example.com/")}:_authToken=x`, rule: "registry-host" },
  { name: "a link between workspaces", line: '"resolved": "packages/cli"', rule: undefined },
  { name: "a prefix of an S3 policy", line: `bucket${path("home", "x")}`, rule: undefined },
  {
    name: "a prefix after a policy variable",
    line: `${"$"}{bucket}${path("home", "x")}`,
    rule: undefined,
  },
  { name: "the word registry", line: "needs the npm registry = nothing else", rule: undefined },
  { name: "a page about registries", line: url("docs.example.com/registry"), rule: undefined },
])("words: $name", ({ line, rule }) => {
  const found = findWords([{ path: "a.md", text: `first\n${line}\nlast` }]);

  expect(found.map((it) => [it.rule, it.at])).toEqual(rule === undefined ? [] : [[rule, "a.md:2"]]);
});
