import { csv } from '#mount/organisations/pages/list/list-csv.server.ts'
import type { RequestHandler } from './$types'

export const GET = csv satisfies RequestHandler
