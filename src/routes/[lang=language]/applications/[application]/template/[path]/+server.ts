import * as page from '#mount/applications/pages/attachments/attachment.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.template satisfies RequestHandler
