// The courier: hands what Python sent to the stage, and the stage's requests to Python.

import { meeting } from "../../shared/js/meeting.js";
import { readDocument } from "../../shared/js/container.js";
import { hidePlace } from "../../shared/js/place.js";

export default function gatescopeCourier({ data, parentElement, setStateValue }) {
  hidePlace(parentElement);
  const key = readDocument(data).stage;
  const parcel = { data, ask: (details) => setStateValue("details", details) };
  meeting.waiting.set(key, parcel);
  meeting.stages.get(key)?.(parcel);
}
