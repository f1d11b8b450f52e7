import type { Database } from '#shared/database/index.ts'
import { type Refused, notNow, refused } from '#shared/forms/refused.ts'
import { NoDocument } from '#shared/documents/render-pdf.ts'
import { paperOfContent } from './paper-order.server.ts'

// The site's bundle holds a second copy of this module: what both must share is kept with the database.
const place = Symbol.for('kopa.papers')
type Keeping = Database & { [place]?: Set<string> }

const aMoment = 3 // not of a guide: seconds

/**
 * A PDF for somebody, one at a time: the typesetter has one line for all, and whoever fills it keeps others from the
 * mandates that they have to sign. Whether they may read what is in it was asked before.
 */
export async function paperFor(
  app: Parameters<typeof paperOfContent>[0],
  person: string,
  shown: Parameters<typeof paperOfContent>[1]
): Promise<Uint8Array<ArrayBuffer> | Refused> {
  const underWay = ((app.database as Keeping)[place] ??= new Set())
  if (underWay.has(person)) return refused('too-often', { retryAfterSeconds: aMoment })
  underWay.add(person)
  try {
    return (await paperOfContent(app, shown)) as Uint8Array<ArrayBuffer>
  } catch (error) {
    if (error instanceof NoDocument) return notNow('applications-consortium.problem.busy')
    throw error
  } finally {
    underWay.delete(person)
  }
}
