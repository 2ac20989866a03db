// What the browser really showed, and when. Runs in the page before anything else does.
//
// A paint is over when the first task after an animation frame begins: in every frame we post
// ourselves a message and look, in its task, where the drawn cursor stands (its rectangle on the
// screen, not the program's idea of it).

(() => {
  const channel = new MessageChannel();
  const watchers = new Set();
  channel.port1.onmessage = () => {
    const now = performance.now();
    const shown = drawn();
    for (const watch of [...watchers]) watch(now, shown);
  };
  const frame = () => {
    if (watchers.size) channel.port2.postMessage(0);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);

  let stage = null; // the tree that the component lives in

  /** The component's tree: the page's own or that of a shadow root. */
  function find() {
    if (stage?.host?.isConnected || stage === document) return stage;
    const hosts = [...document.querySelectorAll("*")].map((node) => node.shadowRoot);
    stage = [document, ...hosts.filter(Boolean)].find((tree) => tree.querySelector("[data-timestep]"));
    return stage;
  }

  /** Timestep and place of the drawn cursor; null while there is none. */
  function drawn() {
    const tree = find();
    const root = tree?.querySelector("[data-timestep]");
    const cursor = tree?.querySelector(".cursor");
    if (!root || !cursor) return null;
    return { t: Number(root.dataset.timestep), x: cursor.getBoundingClientRect().left, painted: painted() };
  }

  /**
   * Whether the first row, of symbols or of a heatmap, holds ink anywhere. Read once in a while
   * only: reading back is slow.
   */
  function painted() {
    if (!probe.readsInk) return true;
    const row = stage.querySelector("canvas.heatmap, .follows-row canvas");
    if (!row?.width) return false;
    const { data } = row.getContext("2d").getImageData(0, 0, row.width, row.height);
    return data.some((level, k) => k % 4 === 3 && level > 0);
  }

  const probe = (window.probe = {
    readsInk: true,
    keys: [],
    pulls: [],
    views: [],
    opened: null,

    /** From now on, note for each arrow key how long it took until the cursor stood elsewhere. */
    listen() {
      window.addEventListener(
        "keydown",
        (event) => {
          const before = drawn();
          const watch = (now, shown) => {
            if (shown.x === before.x || shown.t === before.t) return;
            watchers.delete(watch);
            probe.keys.push(now - event.timeStamp);
          };
          watchers.add(watch);
        },
        true,
      );
    },

    /** From now on, note for each gate that is let go how long it took until the run was drawn. */
    listenToPulls() {
      window.addEventListener(
        "pointerup",
        (event) => {
          const before = find().querySelector(".pull");
          const watch = (now) => {
            const handle = find()?.querySelector(".pull"); // a drawing of another run has new ones
            if (!handle || handle === before) return;
            watchers.delete(watch);
            probe.pulls.push(now - event.timeStamp);
          };
          watchers.add(watch);
        },
        true,
      );
    },

    /**
     * From now on, note for each key that zooms or jumps and for each turn of the wheel how long it
     * took until the board was painted, and until it was painted again with what the server cut:
     * the axis is cleared with each.
     */
    listenToViews() {
      let painted = 0;
      const { clearRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        if (this.canvas.classList.contains("axis")) painted += 1;
        return clearRect.apply(this, box);
      };
      const note = (event) => {
        const before = painted;
        const times = [];
        const watch = (now) => {
          while (times.length < Math.min(2, painted - before)) times.push(now - event.timeStamp);
          if (times.length < 2) return;
          watchers.delete(watch);
          probe.views.push(times);
        };
        watchers.add(watch);
      };
      const keys = ["+", "-", "Home", "End"];
      window.addEventListener("keydown", (event) => keys.includes(event.key) && note(event), true);
      window.addEventListener("wheel", note, { capture: true, passive: true });
    },

    /** Note every drawn state for some milliseconds: [when, timestep, whether there was ink]. */
    record(milliseconds) {
      return new Promise((resolve) => {
        const states = [];
        const start = performance.now();
        const watch = (now, shown) => {
          const last = states.at(-1);
          if (!last || (shown.t !== last[1] && shown.x !== last[3]) || !shown.painted) {
            states.push([now, shown.t, shown.painted, shown.x]);
          }
          if (now - start < milliseconds) return;
          watchers.delete(watch);
          resolve(states.map((state) => state.slice(0, 3)));
        };
        watchers.add(watch);
      });
    },
  });

  const first = (now, shown) => {
    if (!shown?.painted) return;
    watchers.delete(first);
    probe.opened = now; // ms since navigation began
    probe.readsInk = false;
  };
  watchers.add(first);
})();
