import { fold, type PlaceData } from '#modules/programmes'
import { kilometres } from './distance.ts'

/** A place as it stands in a list to choose from: Rīga, LV. */
export function placeName({ name, country }: PlaceData): string {
  return `${name}, ${country}`
}

/**
 * The place that somebody means: a town of the list, with or without its country, in any spelling of accents; or
 * coordinates in degrees, such as 56.95 24.11.
 */
export function findPlace(places: readonly PlaceData[], typed: string | undefined): PlaceData | undefined {
  if (!typed) return undefined
  const degrees = /^(-?\d{1,2}(?:\.\d+)?)[\s,;]+(-?\d{1,3}(?:\.\d+)?)$/.exec(typed.trim())
  if (degrees) {
    const [lat, lon] = [Number(degrees[1]), Number(degrees[2])]
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { country: '', name: typed, lat, lon } : undefined
  }
  const wanted = fold(typed)
  return places.find((place) => fold(placeName(place)) === wanted || fold(place.name) === wanted)
}

/** Whole kilometres between two places as they were typed; undefined while one of them is not known. */
export function kilometresBetween(
  places: readonly PlaceData[],
  from: string | undefined,
  to: string | undefined
): number | undefined {
  const start = findPlace(places, from)
  const end = findPlace(places, to)
  return start && end && kilometres(start, end)
}
