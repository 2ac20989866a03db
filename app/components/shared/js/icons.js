// The pictures on the buttons, as paths on a square of 16.

export const ICONS = {
  first: "M4 3v10M13 3L6 8l7 5z",
  back: "M12 3L5 8l7 5z",
  play: "M4 2.5l10 5.5-10 5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  step: "M4 3l7 5-7 5z",
};
