import { InputError } from "@bucket-warden/core/kernel";
import { Command, CommanderError } from "commander";
import { afterEach, expect, test, vi } from "vitest";
import { tellFailure } from "./failure.ts";
import { setLoudness } from "./terminal.ts";

afterEach(() => setLoudness("usual"));

/** What is said of an error, and the exit code. */
function told(error: unknown, words: readonly string[] = []) {
  let said = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const code = tellFailure(error, new Command("warden"), words);
  vi.restoreAllMocks();
  return { code, said };
}

const denied = Object.assign(new Error("Access Denied"), {
  name: "AccessDenied",
  $metadata: { requestId: "r-1" },
});

test.each([
  {
    what: "an input",
    error: new InputError({ place: "plan.json", problem: "it is cut", remedy: "Get it again." }),
    said: "error: plan.json: it is cut\nGet it again.\n",
  },
  {
    what: "a call of AWS",
    error: denied,
    said: "error: AWS: AccessDenied: Access Denied\nHave the call allowed to whoever asks; `warden doctor` names everything that is missing.\n",
  },
  {
    what: "a mistake of ours",
    error: new TypeError("x is not a function"),
    said: "error: warden: x is not a function\nThis is a mistake in warden itself. Please report it with what --verbose shows.\n",
  },
  {
    what: "what is no error",
    error: "thrown",
    said: "error: warden: thrown\nThis is a mistake in warden itself. Please report it with what --verbose shows.\n",
  },
  {
    what: "an argument that is none of the words",
    error: new CommanderError(
      1,
      "commander.invalidArgument",
      "error: command-argument value 'tcsh' is invalid for argument 'shell'. Choose from bash.",
    ),
    said: "error: warden: command-argument value 'tcsh' is invalid for argument 'shell'\nChoose from bash. See `warden --help`.\n",
  },
  {
    what: "a text that would move the cursor",
    error: new InputError({ place: "\u001b[2J", problem: "p", remedy: "r" }),
    said: "error: \ufffd[2J: p\nr\n",
  },
])("$what is told in three parts and without a trace", ({ error, said }) => {
  expect(told(error)).toEqual({ code: 1, said });
});

test("who asks for all of it also gets the trace, the cause and what AWS asks for", () => {
  setLoudness("verbose");
  const error = new InputError({ place: "p", problem: "q", remedy: "r", cause: denied });
  const { said } = told(error);
  expect(said).toMatch(/^error: p: q\nr\n\nInputError: p: q\. r\n {4}at /);
  expect(said).toContain("\ncaused by:\n");
  expect(said).toContain('\n{"requestId":"r-1"}\n');
});
