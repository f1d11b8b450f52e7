import { mandateDeskFile } from '#mount/applications/pages/mandates/mandate-desk-file.server.ts'
import type { RequestHandler } from './$types'

export const GET = mandateDeskFile satisfies RequestHandler
