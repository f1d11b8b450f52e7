import * as page from '#mount/applications/pages/receipt/receipt.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.anonymousFile satisfies RequestHandler
