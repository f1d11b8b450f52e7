import { type Door, open } from '../door.ts'
import type { World } from '../world.ts'

const draft = ({ application, school }: World) => ({
  parts: { application: application.code },
  concerns: { organisation: school.id }
})
const submitted = ({ submitted, school }: World) => ({
  parts: { application: submitted },
  concerns: { organisation: school.id }
})

const ofCall = ({ calls, body }: World) => ({ parts: { call: calls.published }, concerns: { body } })

export const applicationsSubmissionDoors: readonly Door[] = [
  {
    // An older declaration: whoever may hand in hears that it is another by now.
    door: 'api POST /api/v1/applications/:application/submission',
    asks: ['applications.submit-application'],
    at: (world) => ({ ...draft(world), body: { declaration: '0' } })
  },
  {
    door: 'api GET /api/v1/applications/:application/submission',
    asks: ['applications.receiptOf'],
    at: submitted
  },
  {
    door: 'api DELETE /api/v1/applications/:application/submission',
    asks: ['applications.take-back-application'],
    at: draft
  },
  {
    door: 'api POST /api/v1/applications/:application/withdrawal',
    asks: ['applications.withdraw-application'],
    at: (world) => ({ ...draft(world), body: { reason: 'Neturpinām.' } })
  },
  {
    // Who signs proves first who they are, which the walk has just done.
    door: 'load /applications/[application]/submission',
    asks: ['applications.submissionAtWork'],
    at: draft
  },
  {
    door: 'post /applications/[application]/submission?/submit',
    asks: ['applications.submit-application'],
    at: (world) => ({
      ...draft(world),
      body: { form: '00000000-0000-4000-8000-000000000001', version: '0', agreed: 'on' }
    })
  },
  {
    door: 'post /applications/[application]/submission?/takeBack',
    asks: ['applications.take-back-application'],
    at: draft
  },
  {
    door: 'post /applications/[application]/submission?/withdraw',
    asks: ['applications.withdraw-application'],
    at: (world) => ({ ...draft(world), body: { reason: 'Neturpinām.', sure: 'on' } })
  },
  { door: 'load /applications/[application]/receipt', asks: ['applications.receiptOf'], at: submitted },
  { door: 'GET /applications/[application]/receipt.json', asks: ['applications.receiptOf'], at: submitted },
  ...['content.json', 'figures.json', 'application.pdf', 'draft.pdf', 'anonymous.pdf'].map((file): Door => ({
    door: `GET /applications/[application]/${file}`,
    asks: ['applications.contentOfApplication'],
    at: draft
  })),
  ...['content', 'figures', 'paper'].map((what): Door => ({
    door: `api GET /api/v1/applications/:application/${what}`,
    asks: ['applications.contentOfApplication'],
    at: draft
  })),
  {
    door: 'api GET /api/v1/applications/:application/final-check',
    asks: ['applications.submissionAtWork'],
    at: draft
  },
  {
    door: 'api POST /api/v1/applications/:application/attempts',
    asks: ['applications.report-attempt'],
    at: (world) => ({
      ...draft(world),
      body: {
        ...{ what: 'save', at: '2026-03-05T10:59:00Z', why: 'offline' },
        form: '00000000-0000-4000-8000-000000000002'
      }
    })
  },
  ...open(['applications.verifyReceipt'], 'load /applications/verify', 'post /applications/verify'),
  ...open([], 'GET /applications/verify/verify-receipt.mjs'),
  {
    door: 'api POST /api/v1/applications/receipts/verification',
    asks: ['applications.verifyReceipt'],
    at: () => ({ body: { receipt: {} } })
  },
  ...['load /applications/desk/[call]', 'GET /applications/desk/[call]/submissions.csv'].map(
    (door): Door => ({
      door,
      asks: ['applications.applicationsOfCall'],
      at: ofCall
    })
  ),
  { door: 'api GET /api/v1/applications/desk/:call', asks: ['applications.applicationsOfCall'], at: ofCall },
  ...[
    'GET /applications/desk/[call]/[number]',
    'GET /applications/desk/[call]/[number]/anonymous.pdf',
    ...['content', 'figures', 'paper'].map(
      (what) => `api GET /api/v1/applications/desk/:call/:number/${what}`
    )
  ].map((door): Door => ({
    door,
    asks: ['applications.submittedContent'],
    at: (world) => ({ ...ofCall(world), parts: { call: world.calls.published, number: '1' } }),
    // It is still open: whoever may read is told so.
    alsoIn: [409]
  }))
]
