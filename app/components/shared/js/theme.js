// Dark or light as the page is: the colours and the fonts of a card.

const THEME = ["--st-background-color", "--st-text-color", "--st-font", "--st-code-font"];

/** The page's theme as one text, to be held against a later one. */
export function themeSignature(root) {
  const style = getComputedStyle(root);
  return THEME.map((name) => style.getPropertyValue(name)).join("|");
}

/** The page's mode and fonts; the card says the mode, too. */
export function pageTheme(root) {
  const style = getComputedStyle(root);
  const mode = isDark(style.getPropertyValue("--st-background-color")) ? "dark" : "light";
  root.dataset.mode = mode;
  const codeFont = style.getPropertyValue("--st-code-font") || "ui-monospace, monospace";
  return { mode, font: style.fontFamily || "sans-serif", codeFont };
}

/** Every colour that the stylesheets use becomes a variable of the card. */
export function setColours(root, { signals, ...own }) {
  for (const [name, value] of Object.entries(own)) root.style.setProperty(`--${name.replace(/_/g, "-")}`, value);
  for (const [name, { line }] of Object.entries(signals)) root.style.setProperty(`--signal-${name}`, line);
}

export function colourOf(signal) {
  return `--hue: var(--signal-${signal})`;
}

function isDark(colour) {
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  pen.fillStyle = colour.trim() || "#ffffff";
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
}
