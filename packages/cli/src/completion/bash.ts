import type { Spot, SpotOption, Value } from "./spots.ts";

/** A script that bash sources; it takes no program to complete a word. */
export function bashScript(spots: readonly Spot[]): string {
  return `# Completion of warden for bash. Made by: warden completion bash
_warden() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local spot=warden index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$spot \${COMP_WORDS[index]}" in
      ${patterns(spots.slice(1).map(({ path }) => path))}) spot="$spot \${COMP_WORDS[index]}" ;;
    esac
  done
  case "$spot $previous" in
${indented(spots.flatMap(valueCases))}
  esac
  case "$spot" in
${indented(spots.map(spotCase))}
  esac
}
complete -F _warden warden
`;
}

function valueCases({ path, options }: Spot): readonly string[] {
  return options.flatMap(({ value, ...option }) => {
    const where = patterns(namesOf(option).map((name) => `${path} ${name}`));
    return value === undefined ? [] : [`${where}) ${proposed(value)}return ;;`];
  });
}

function proposed(value: Value): string {
  switch (value.kind) {
    case "words":
      return `${reply(`-W ${quoted(value.words.join(" "))}`)}; `;
    case "files":
      return `compopt -o filenames 2> /dev/null; ${reply("-f")}; `;
    case "text":
      return "";
  }
}

function spotCase({ path, commands, options, words, takesFiles }: Spot): string {
  const names = [...commands.map(({ name }) => name), ...words];
  const all = [...names, ...options.map(({ name }) => name)].join(" ");
  const propose = reply(`-W ${quoted(all)}`);
  const files = takesFiles
    ? `; [[ $current == -* ]] || { compopt -o filenames 2> /dev/null; ${more("-f")}; }`
    : "";
  return `${quoted(path)}) ${propose}${files} ;;`;
}

function namesOf({ name, short }: SpotOption): readonly string[] {
  return short === undefined ? [name] : [name, short];
}

function reply(what: string): string {
  return `mapfile -t COMPREPLY < <(compgen ${what} -- "$current")`;
}

function more(what: string): string {
  return `mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen ${what} -- "$current")`;
}

function patterns(texts: readonly string[]): string {
  return texts.map(quoted).join("|");
}

/** Names of commands and options hold nothing that a quote would have to hide. */
function quoted(text: string): string {
  return `"${text}"`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join("\n");
}
