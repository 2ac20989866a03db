// A button that copies the browser's address.

/** @import { Mounting } from "../../shared/js/types.d.ts" */

const SHOWN_FOR = 2000; // ms

const PRIVATE = "session"; // the parameter that leads to the reader's own files

/** @type {WeakMap<Node, number>} */
const hiding = new WeakMap(); // button -> what will take the answer away

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<{ label: string, copied: string, failed: string }>} mounting
 */
export default function gatescopeCopy({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("[role=status]");
  if (!button || !status) return;
  button.textContent = data.label;
  button.onclick = async () => {
    const copied = await copy(publicAddress());
    status.textContent = copied ? data.copied : data.failed;
    clearTimeout(hiding.get(button));
    const hide = () => {
      status.textContent = "";
    };
    hiding.set(button, setTimeout(hide, SHOWN_FOR));
  };
}

/** The browser's address without the word that leads to the reader's own files. */
function publicAddress() {
  const address = new URL(window.location.href);
  if (address.searchParams.has(PRIVATE)) address.searchParams.delete(PRIVATE);
  return address.href;
}

/**
 * Put a text into the clipboard; whether that worked.
 *
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // a page that came by plain http has no clipboard of its own
  }
}

/**
 * The same without a clipboard of the page's own.
 *
 * @param {string} text
 */
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
