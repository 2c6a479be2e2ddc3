import { h } from "./dom.ts";

const themes = ["auto", "light", "dark"] as const;

/** Buttons for light and dark; `auto` follows the system. It lasts as long as the page is open. */
export function themeButtons(): readonly Node[] {
  const buttons = themes.map((theme) => {
    const input = h("input", {
      type: "radio",
      name: "theme",
      value: theme,
      checked: theme === "auto",
    });
    input.addEventListener("change", () => apply(theme));
    return h("label", {}, input, h("span", {}, theme));
  });
  return buttons;
}

function apply(theme: (typeof themes)[number]): void {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
}
