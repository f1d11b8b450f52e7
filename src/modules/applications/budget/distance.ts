/** Where a place is, in degrees. */
export type Coordinates = { lat: number; lon: number }

/** The mean radius of the earth, as the International Union of Geodesy and Geophysics has it. */
const earthKm = 6371.0088

/**
 * The great circle between two places in whole kilometres, rounded down: the bands of unit costs begin at whole
 * kilometres, and what lies between 1999 and 2000 has not reached the next.
 */
export function kilometres(from: Coordinates, to: Coordinates): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const halfLat = Math.sin(radians(to.lat - from.lat) / 2)
  const halfLon = Math.sin(radians(to.lon - from.lon) / 2)
  const chord =
    halfLat * halfLat + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * halfLon * halfLon
  return Math.floor(2 * earthKm * Math.asin(Math.min(1, Math.sqrt(chord))))
}
