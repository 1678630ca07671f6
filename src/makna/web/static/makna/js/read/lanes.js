// Lanes for what stands beside each other: greedy colouring of intervals by their beginnings, as few lanes as overlap
// at the densest place (Kleinberg & Tardos 2006, 4.1). Lines of text are what overlaps on a page, not code points.

/** Give each of `spans` ({top, bottom}) a `lane`, 0 being next to the text; longer ones first where they begin together. */
export function inLanes(spans) {
  const ends = []; // where the last span of each lane ends
  for (const span of spans.sort((one, other) => one.top - other.top || other.bottom - one.bottom)) {
    const free = ends.findIndex((end) => end <= span.top);
    span.lane = free < 0 ? ends.length : free;
    ends[span.lane] = span.bottom;
  }
  return ends.length;
}
