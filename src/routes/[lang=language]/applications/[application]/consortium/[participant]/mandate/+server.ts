import { mandateFile } from '#mount/applications/pages/consortium/mandate-file.server.ts'
import type { RequestHandler } from './$types'

export const GET = mandateFile satisfies RequestHandler
