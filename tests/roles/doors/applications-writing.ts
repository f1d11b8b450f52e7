import type { Door } from '../door.ts'
import type { World } from '../world.ts'

/** Of the school that coordinates the draft. */
const summary = ({ application, school }: World) => ({
  parts: { application: application.code, path: 'project.summary' },
  concerns: { organisation: school.id }
})

export const applicationsWritingDoors: readonly Door[] = [
  {
    door: 'api PUT /api/v1/applications/:application/answers/:path',
    asks: ['applications.save-answer'],
    at: (world) => ({ ...summary(world), body: { base: 0, text: 'Lasām kopā.' } })
  },
  {
    door: 'api GET /api/v1/applications/:application/answers/:path',
    asks: ['applications.fieldOfDraft'],
    at: summary
  },
  {
    door: 'api GET /api/v1/applications/:application/live',
    asks: ['applications.liveApplication'],
    at: summary
  },
  {
    door: 'api POST /api/v1/applications/:application/presence',
    asks: ['applications.stand-in-application'],
    at: (world) => ({ ...summary(world), body: { view: '6f1e6f9e-0a64-4f0e-9d0e-0b1f0a3f5c11' } })
  }
]
