// The pictures on the buttons, as paths on a square of 16.

export const ICONS = {
  first: "M4 3v10M13 3L6 8l7 5z",
  back: "M12 3L5 8l7 5z",
  play: "M4 2.5l10 5.5-10 5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  present: "M2 2h5v1.5H3.5V7H2zM14 2v5h-1.5V3.5H9V2zM14 14H9v-1.5h3.5V9H14zM2 14V9h1.5v3.5H7V14z",
  step: "M4 3l7 5-7 5z",
};
