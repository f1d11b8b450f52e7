import { mandateDocument } from '#mount/applications/pages/consortium/mandate-to-sign.server.ts'
import type { RequestHandler } from './$types'

export const GET = mandateDocument satisfies RequestHandler
