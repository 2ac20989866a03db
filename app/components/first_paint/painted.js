// Says once that a stage of this key has been drawn, or that none came in PATIENCE milliseconds.

const PATIENCE = 3000;
const waiting = new WeakSet();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.host ?? parentElement;
  const box = root.closest?.('[data-testid="stElementContainer"]');
  if (box) box.style.display = "none";
  if (waiting.has(parentElement)) return; // called again with every rerun
  waiting.add(parentElement);
  const begun = performance.now();
  const look = () => {
    const stages = window[Symbol.for("gatescope")]?.stages; // where every stage announces itself
    const late = performance.now() - begun > PATIENCE;
    if (stages?.has(data.stage) || late) setTimeout(() => setStateValue("painted", true)); // after this frame
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
