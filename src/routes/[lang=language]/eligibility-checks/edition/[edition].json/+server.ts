import * as editionData from '#mount/programmes/pages/check/edition-data.server.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = editionData.GET
