import { firstStep } from '#mount/organisations/pages/edit/first-step.server.ts'
import type { RequestHandler } from './$types'

export const GET = firstStep satisfies RequestHandler
