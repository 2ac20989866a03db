// The courier: hands what Python sent to the stage, and the stage's requests to Python.

import { meeting } from "../../shared/js/meeting.js";
import { payloadHeader } from "../../shared/js/payload.js";
import { hidePlace } from "../../shared/js/place.js";

export default function gatescopeCourier({ data, parentElement, setStateValue }) {
  hidePlace(parentElement);
  const key = payloadHeader(data).stage;
  const parcel = { data, ask: (details) => setStateValue("details", details) };
  meeting.waiting.set(key, parcel);
  meeting.stages.get(key)?.(parcel);
}
