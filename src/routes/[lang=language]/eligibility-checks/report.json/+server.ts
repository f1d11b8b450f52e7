import { reportJson } from '#mount/programmes/pages/check/downloads.server.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = reportJson.GET
export const POST: RequestHandler = reportJson.POST
