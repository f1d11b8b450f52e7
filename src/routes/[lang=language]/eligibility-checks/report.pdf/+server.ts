import { reportInPdf } from '#mount/programmes/pages/check/downloads.server.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = reportInPdf.GET
export const POST: RequestHandler = reportInPdf.POST
