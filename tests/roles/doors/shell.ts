import { type Door, open } from '../door.ts'

/** What belongs to no module. */
export const shellDoors: Door[] = [
  ...open(
    [],
    'GET /',
    'load /',
    'load /api',
    'load /components',
    'post /components',
    'api GET /api/openapi.json'
  )
]
