import type { Door } from '../door.ts'
import type { World } from '../world.ts'

const draft = ({ application, school }: World) => ({
  parts: { application: application.code },
  concerns: { organisation: school.id }
})
const submitted = ({ submitted, school }: World) => ({
  parts: { application: submitted },
  concerns: { organisation: school.id }
})

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
  }
]
