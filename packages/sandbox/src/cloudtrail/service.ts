import { jsonService } from "../wire/json-service.ts";
import { lookupEvents } from "./history.ts";
import {
  createTrail,
  deleteTrail,
  putEventSelectors,
  startLogging,
  stopLogging,
  updateTrail,
} from "./trail-changes.ts";
import { describeTrails, eventSelectors, listTrails, trailStatus } from "./trail-reads.ts";

/** AWS CloudTrail: event history, and trails with what they record. */
export const cloudtrail = jsonService({
  name: "cloudtrail",
  contentType: "application/x-amz-json-1.1",
  operations: {
    LookupEvents: { write: false, isManagement: true, run: lookupEvents },
    DescribeTrails: { write: false, isManagement: true, run: describeTrails },
    ListTrails: { write: false, isManagement: true, run: listTrails },
    GetTrailStatus: { write: false, isManagement: true, run: trailStatus },
    GetEventSelectors: { write: false, isManagement: true, run: eventSelectors },
    CreateTrail: { write: true, isManagement: true, run: createTrail },
    UpdateTrail: { write: true, isManagement: true, run: updateTrail },
    DeleteTrail: { write: true, isManagement: true, run: deleteTrail },
    PutEventSelectors: { write: true, isManagement: true, run: putEventSelectors },
    StartLogging: { write: true, isManagement: true, run: startLogging },
    StopLogging: { write: true, isManagement: true, run: stopLogging },
  },
});
