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
  }
]
