import type { Spot, SpotOption } from "./spots.ts";

/** A script for `~/.config/fish/completions/warden.fish`. */
export function fishScript(spots: readonly Spot[]): string {
  const paths = spots.slice(1).map(({ path }) => quoted(path));
  const lines = spots.flatMap(linesOf);
  return `# Completion of warden for fish. Made by: warden completion fish
function __warden_spot
  set -l spot warden
  for word in (commandline -opc)[2..-1]
    contains -- "$spot $word" ${paths.join(" ")}; and set spot "$spot $word"
  end
  echo $spot
end
function __warden_at
  test (__warden_spot) = $argv[1]
end
complete -c warden -f
${lines.join("\n")}
`;
}

function linesOf({ path, commands, options, words, takesFiles }: Spot): readonly string[] {
  const at = `complete -c warden -n ${quoted(`__warden_at ${doubly(path)}`)}`;
  return [
    ...commands.map(({ name, description }) => `${at} -a ${name} -d ${quoted(description)}`),
    ...(words.length === 0 ? [] : [`${at} -a ${quoted(words.join(" "))}`]),
    ...(takesFiles ? [`${at} -F`] : []),
    ...options.map((option) => `${at} ${optionWords(option)}`),
  ];
}

function optionWords({ name, short, description, value }: SpotOption): string {
  const names = [
    `-l ${name.replace(/^--/, "")}`,
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
  ];
  return [...names, ...valueWords(value), `-d ${quoted(description)}`].join(" ");
}

function valueWords(value: SpotOption["value"]): readonly string[] {
  switch (value?.kind) {
    case undefined:
      return [];
    case "words":
      return [`-x -a ${quoted(value.words.join(" "))}`];
    case "files":
      return ["-r -F"];
    case "text":
      return ["-x"];
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function doubly(text: string): string {
  return `"${text}"`;
}
