import { type Door, open } from '../door.ts'

/** What belongs to no module. */
export const shellDoors: Door[] = [
  ...open([], 'bare GET /', 'load /', 'load /api', 'load /components', 'post /components'),
  ...open([], 'api GET /api/openapi.json'),
  // Signed heads and proofs: anybody may check the log.
  ...open([], 'api GET /api/v1/audit/checkpoint', 'api GET /api/v1/audit/key', 'api GET /api/v1/audit/heads'),
  { door: 'api GET /api/v1/audit/consistency', asks: [], alsoIn: [404] },
  {
    door: 'api GET /api/v1/audit/proofs/:entry',
    asks: [],
    at: () => ({ parts: { entry: '1' } }),
    alsoIn: [404]
  }
]
