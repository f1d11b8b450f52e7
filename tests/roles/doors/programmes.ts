import { type Door, open } from '../door.ts'

const one = { action: 'cooperation-partnerships', edition: '2026' }

export const programmesDoors: Door[] = [
  ...open(['programmes.listActions'], 'load /actions', 'api GET /api/v1/actions'),
  {
    door: 'load /actions/[action]',
    asks: ['programmes.showAction'],
    at: () => ({ parts: one })
  },
  {
    door: 'load /actions/[action]/[edition]',
    asks: ['programmes.showAction'],
    at: () => ({ parts: one })
  },
  {
    door: 'GET /actions/[action]/[edition]/deadlines.ics',
    asks: ['programmes.showAction'],
    at: () => ({ parts: one })
  },
  {
    door: 'api GET /api/v1/actions/:action/:edition',
    asks: ['programmes.showAction'],
    at: () => ({ parts: one })
  },
  {
    door: 'api GET /api/v1/actions/:action/:edition/form',
    asks: ['programmes.showForm'],
    at: () => ({ parts: one })
  },
  {
    door: 'api GET /api/v1/schemas/:name',
    asks: [],
    at: () => ({ parts: { name: 'action.json' } })
  },
  ...open(
    ['programmes.check-eligibility'],
    'load /eligibility-checks',
    'post /eligibility-checks',
    'POST /eligibility-checks/consortium.yaml',
    'POST /eligibility-checks/report.json',
    'POST /eligibility-checks/report.pdf',
    'GET /eligibility-checks/consortium.yaml',
    'GET /eligibility-checks/report.json',
    'GET /eligibility-checks/report.pdf',
    'api POST /api/v1/eligibility-checks'
  ),
  {
    door: 'GET /eligibility-checks/edition/[edition].json',
    asks: ['programmes.editionForBrowser'],
    at: () => ({ parts: { edition: '2026' } })
  }
]
