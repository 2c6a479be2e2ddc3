import type { Violation } from "./gate.ts";
import type { SourceFile } from "./tree.ts";

interface Word {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly message: string;
}

/** A path counts only where it begins: `bucket/home/${aws:username}` is S3, not somebody's disk. */
const machinePath = /(?:(?<![\w.:/${}*-])|(?<=file:\/\/))\/(?:work|home|root|Users|tmp)\/[\w.]/;

const words: readonly Word[] = [
  {
    rule: "machine-path",
    pattern: machinePath,
    message: "a path of one machine",
  },
  {
    rule: "outside-path",
    pattern: /\.\.\/shared\b/,
    message: "a path that leaves the repository",
  },
  {
    rule: "resolved-url",
    pattern: /"resolved":\s*"[a-z+]+:\/\//,
    message:
      "the lockfile names a host; integrity hashes pin the content, any registry may serve it",
  },
  {
    rule: "registry-host",
    pattern: /\bregistry\s*=\s*\S+:\/\/|:\/\/[^/\s"']*registry[^/\s"']*|\/\/\S+:_auth/i,
    message: "the name of a package registry",
  },
];

/** Finds words that would tie the repository to one machine or one registry. */
export function findWords(files: readonly SourceFile[]): readonly Violation[] {
  return files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) =>
        words
          .filter(({ pattern }) => pattern.test(line))
          .map(({ rule, message }) => ({ rule, at: `${path}:${index + 1}`, message })),
      ),
  );
}
