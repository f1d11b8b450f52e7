import * as page from '#mount/applications/pages/call-desk/call-desk.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.csv satisfies RequestHandler
