import { consortiumYaml } from '#mount/programmes/pages/check/downloads.server.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = consortiumYaml.GET
export const POST: RequestHandler = consortiumYaml.POST
