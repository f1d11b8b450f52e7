import * as page from '#mount/applications/pages/call-desk/submitted-file.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.anonymousFile satisfies RequestHandler
