// The courier: hands what Python sent to the stage, and the stage's requests to Python.
// Both components meet at one place on the window, whichever comes first.

const meeting = (window[Symbol.for("gatescope")] ??= { stages: new Map(), waiting: new Map() });

function stageKey(data) {
  const length = new DataView(data.buffer, data.byteOffset).getUint32(4, true);
  return JSON.parse(new TextDecoder().decode(data.subarray(8, 8 + length))).stage;
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.host ?? parentElement;
  const box = root.closest?.('[data-testid="stElementContainer"]');
  if (box) box.style.display = "none";
  const key = stageKey(data);
  const parcel = { data, ask: (details) => setStateValue("details", details) };
  meeting.waiting.set(key, parcel);
  meeting.stages.get(key)?.(parcel);
}
