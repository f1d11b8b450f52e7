import { type Door, open } from '../door.ts'

export const directoryDoors: Door[] = [
  ...open(
    ['directory.listBodies'],
    'load /directory',
    'GET /directory/bodies.csv',
    'api GET /api/v1/directory/bodies'
  ),
  {
    door: 'load /directory/[body]',
    asks: ['directory.showBody'],
    at: ({ body }) => ({ parts: { body } })
  },
  {
    door: 'api GET /api/v1/directory/bodies/:body',
    asks: ['directory.showBody'],
    at: ({ body }) => ({ parts: { body } })
  },
  ...open(['directory.whoHandles'], 'load /directory/who-handles', 'api GET /api/v1/directory/handling')
]
