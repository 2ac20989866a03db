// A connection to a room, which comes back by itself.

import { home } from "./here.js";

const SOONEST = 1000; // ms until the first try to come back; each one waits twice as long
const LATEST = 15000;

/**
 * Meet in a room: say who comes, and hear what is said.
 *
 * @param {object} who
 * @param {(said: any) => void} hear
 * @param {() => void} lost  called when the connection is gone for the moment
 */
export function connection(who, hear, lost) {
  let socket = /** @type {WebSocket | null} */ (null);
  let timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
  let wait = SOONEST;
  let ended = false;

  const connect = () => {
    socket = new WebSocket(addressOf("room"));
    socket.onopen = () => socket?.send(JSON.stringify(who));
    socket.onmessage = ({ data }) => {
      wait = SOONEST;
      if (!ended) hear(JSON.parse(data));
    };
    socket.onclose = () => {
      if (ended) return;
      lost();
      timer = setTimeout(connect, wait * (0.5 + Math.random())); // a class comes back one by one
      wait = Math.min(LATEST, 2 * wait);
    };
  };

  connect();
  return {
    say(/** @type {object} */ what) {
      const open = socket?.readyState === WebSocket.OPEN;
      if (open) socket?.send(JSON.stringify(what));
      return open;
    },
    end() {
      ended = true;
      clearTimeout(timer);
      const unopened = socket?.readyState === WebSocket.CONNECTING;
      if (socket && unopened) socket.onopen = ({ target }) => close(target);
      else close(socket);
    },
  };
}

/** @param {unknown} socket */
function close(socket) {
  if (socket instanceof WebSocket) socket.close();
}

/**
 * Where the server takes connections.
 *
 * @param {string} path
 */
function addressOf(path) {
  const address = new URL(path, home());
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}
