import type { Door } from '../door.ts'

/** There is no such page outside of a demonstration: whoever asks hears 404. */
export const demoDoors: Door[] = [
  { door: 'load /demo', asks: [], alsoIn: [404] },
  { door: 'post /demo', asks: [], alsoIn: [404] }
]
