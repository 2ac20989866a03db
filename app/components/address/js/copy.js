// A button that copies the browser's address.

const SHOWN_FOR = 2000; // ms

export default function gatescopeCopy({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("[role=status]");
  button.textContent = data.label;
  button.onclick = async () => {
    const copied = await copy(window.location.href);
    status.textContent = copied ? data.copied : data.failed;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => (status.textContent = ""), SHOWN_FOR);
  };
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // a page that came by plain http has no clipboard of its own
  }
}

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
