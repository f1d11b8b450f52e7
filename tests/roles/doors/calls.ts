import { type Door, open } from '../door.ts'
import type { World } from '../world.ts'

const published = ({ calls }: World) => ({ parts: { call: calls.published } })
const ownPublished = ({ calls, body }: World) => ({ parts: { call: calls.published }, concerns: { body } })
const draft = ({ calls, body }: World) => ({
  parts: { call: calls.draft, part: 'texts' },
  concerns: { body }
})
const inReview = ({ calls, body }: World) => ({ parts: { call: calls.inReview }, concerns: { body } })

/** The plan of a year is the Commission’s. */
const year = () => ({
  parts: { edition: '2026', action: 'cooperation-partnerships' },
  concerns: { body: 'ec-dg-eac' }
})
const watch = () => ({ parts: { key: '00000000-0000-4000-8000-000000000000' } })

/** Of any body: one’s own. */
const ofOne = () => ({ concerns: { body: 'any' } })

/** The body has officers enough, so nobody from outside of it is the second person. */
const second = { administrator: 'a second officer is there' }

export const callsDoors: Door[] = [
  ...open(
    ['calls.listCalls'],
    'load /calls',
    'GET /calls/calls.csv',
    'GET /calls/deadlines.ics',
    'GET /calls/feed.atom',
    'GET /calls/feed.json',
    'GET /calls/feed.rss',
    'api GET /api/v1/calls'
  ),
  { door: 'load /calls/[call]', asks: ['calls.showCall'], at: published },
  { door: 'GET /calls/[call]/deadline.ics', asks: ['calls.showCall'], at: published },
  { door: 'api GET /api/v1/calls/:call', asks: ['calls.showCall'], at: published },
  ...open(['calls.ask-to-follow'], 'post /calls?/ask'),
  ...open(['calls.follow-calls'], 'post /calls?/follow'),
  { door: 'post /calls/[call]?/ask', asks: ['calls.ask-to-follow'], at: published },
  { door: 'post /calls/[call]?/follow', asks: ['calls.follow-calls'], at: published },
  // One’s own only: who follows nothing has stopped already.
  { door: 'post /calls/[call]?/stop', asks: ['calls.watchOf'], at: published },
  {
    door: 'api POST /api/v1/calls/watches/:key/stop',
    asks: ['calls.stop-watch'],
    at: () => ({ parts: { key: 'none' } })
  },
  { door: 'api GET /api/v1/calls/:call/desk', asks: ['calls.callAtDesk'], at: draft, butNot: second },
  {
    door: 'api POST /api/v1/calls',
    asks: ['calls.begin-call'],
    at: ({ body }) => ({ concerns: { body }, body: { body, edition: 2026, kind: 'proposals' } })
  },
  {
    door: 'api PATCH /api/v1/calls/:call',
    asks: ['calls.save-call'],
    at: (world) => ({ ...draft(world), body: { revision: 1, change: {} } })
  },
  {
    door: 'api POST /api/v1/calls/:call/review',
    asks: ['calls.send-for-review'],
    at: (world) => ({ ...draft(world), body: { revision: 1 } })
  },
  { door: 'api DELETE /api/v1/calls/:call/review', asks: ['calls.take-back-call'], at: draft },
  {
    door: 'api POST /api/v1/calls/:call/remarks',
    asks: ['calls.send-call-back'],
    at: (world) => ({ ...inReview(world), body: { revision: 1, remarks: 'Vēlreiz.' } }),
    butNot: second
  },
  {
    door: 'api POST /api/v1/calls/:call/publication',
    asks: ['calls.publish-call'],
    at: (world) => ({ ...inReview(world), body: { revision: 1 } }),
    butNot: second
  },
  {
    door: 'api POST /api/v1/calls/:call/corrigendum',
    asks: ['calls.begin-corrigendum'],
    at: (world) => ({ ...draft(world), body: { reason: { lv: 'Labojums.', en: 'A correction.' } } })
  },
  { door: 'api DELETE /api/v1/calls/:call/corrigendum', asks: ['calls.drop-corrigendum'], at: draft },
  {
    door: 'api POST /api/v1/calls/:call/steps',
    asks: ['calls.advance-call'],
    at: (world) => ({ ...draft(world), body: { step: 'decided' } })
  },
  { door: 'load /calls/desk', asks: ['calls.deskCalls'], at: ofOne },
  { door: 'load /calls/desk/new', asks: ['calls.begin-call'], at: ofOne },
  { door: 'post /calls/desk/new', asks: ['calls.begin-call'], at: ofOne },
  { door: 'load /calls/[call]/edit', asks: ['calls.callAtDesk'], at: draft, butNot: second },
  { door: 'load /calls/[call]/edit/[part]', asks: ['calls.callAtDesk'], at: draft, butNot: second },
  {
    door: 'post /calls/[call]/edit/[part]',
    asks: ['calls.save-call', 'calls.add-document'],
    at: (world) => ({ ...draft(world), body: { revision: 1 } })
  },
  { door: 'load /calls/[call]/preview', asks: ['calls.callAtDesk'], at: draft, butNot: second },
  { door: 'load /calls/[call]/review', asks: ['calls.callAtDesk'], at: inReview, butNot: second },
  { door: 'load /calls/[call]/clone', asks: ['calls.callAtDesk'], at: draft, butNot: second },
  { door: 'post /calls/[call]/clone', asks: ['calls.clone-call'], at: draft },
  { door: 'load /calls/[call]/corrigendum', asks: ['calls.callAtDesk'], at: ownPublished, butNot: second },
  { door: 'post /calls/[call]/corrigendum', asks: ['calls.begin-corrigendum'], at: ownPublished },
  { door: 'post /calls/[call]/edit?/send', asks: ['calls.send-for-review'], at: draft },
  { door: 'post /calls/[call]/edit?/takeBack', asks: ['calls.take-back-call'], at: draft },
  { door: 'post /calls/[call]/edit?/drop', asks: ['calls.drop-corrigendum'], at: draft },
  {
    door: 'post /calls/[call]/edit?/advance',
    asks: ['calls.advance-call'],
    at: (world) => ({ ...draft(world), body: { step: 'decided' } })
  },
  { door: 'post /calls/[call]/review?/publish', asks: ['calls.publish-call'], at: inReview, butNot: second },
  { door: 'post /calls/[call]/review?/back', asks: ['calls.send-call-back'], at: inReview, butNot: second },
  {
    door: 'GET /calls/documents/[file]',
    asks: ['calls.mayReadDocument'],
    at: ({ calls }) => ({ parts: { file: calls.document } })
  },
  ...open(['calls.yearBudget'], 'load /calls/budget'),
  { door: 'load /calls/budget/[edition]/[action]', asks: ['calls.save-year-plan'], at: year },
  { door: 'post /calls/budget/[edition]/[action]', asks: ['calls.save-year-plan'], at: year },
  { door: 'load /calls/budget/[edition]/aims', asks: ['calls.save-year-plan'], at: year },
  { door: 'post /calls/budget/[edition]/aims', asks: ['calls.save-year-plan'], at: year },
  ...open(['calls.myWatches'], 'load /calls/watches', 'post /calls/watches'),
  { door: 'load /calls/watches/[key]', asks: ['calls.watchOfKey'], at: watch },
  { door: 'post /calls/watches/[key]?/confirm', asks: ['calls.confirm-watch'], at: watch },
  { door: 'post /calls/watches/[key]?/stop', asks: ['calls.stop-watch'], at: watch }
]
