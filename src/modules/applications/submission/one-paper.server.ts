import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { NoDocument } from '#shared/documents/render-pdf.ts'
import { type HoldingFiles, downloadFile } from '#shared/files/index.ts'
import { type Refused, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { anonymousContent } from './anonymous-content.server.ts'
import { figuresFor } from './figures.server.ts'
import { keepPaper, keptPaper } from './keep-papers.server.ts'
import { paperOfContent } from './paper-order.server.ts'
import type { ContentShown } from './reads.ts'

type Holding = HoldingFiles & { programmes: Programmes }
type Shown = Omit<ContentShown, 'organisations'>
/** Who asks, and if-none-match of the request. */
type Asking = { person: string; known: string | null }

// The site's bundle holds a second copy of this module: what both must share is kept with the database.
const place = Symbol.for('kopa.papers')
type Keeping = Database & { [place]?: Set<string> }

const aMoment = 3 // not of a guide: seconds

/**
 * A PDF for somebody, to be saved. Of what was handed in there is one for everybody: the one that is kept, or else it
 * is made and kept now. Whether they may read what is in it was asked before.
 */
export async function paperFor(app: Holding, asking: Asking, shown: Shown): Promise<Response | Refused> {
  const kept = shown.submission && (await keptPaper(app.database, shown.submission.id))
  const there = kept && (await fileFor(app, asking, kept))
  if (there) return there
  return oneAtATime(app.database, asking.person, async () => {
    const { content, submission } = shown
    // Where its content is lost, which the log says, one made anew is better than none.
    if (!submission || kept) return setFor(app, shown)
    const file = await keepPaper(app, { content, submission })
    return isRefused(file) ? file : ((await fileFor(app, asking, file)) ?? refused('failed'))
  })
}

/**
 * The same without who it is about, for those who assess it. Made each time, of content in which nobody is named any
 * more: no part of the other file is in it.
 */
export async function anonymousPaperFor(
  app: Holding,
  { person }: Pick<Asking, 'person'>,
  shown: ContentShown
): Promise<Response | Refused> {
  return oneAtATime(app.database, person, async () => {
    const content = { ...(await anonymousContent(app.database, shown)), declaration: null, files: [] }
    const figures = await figuresFor(app, shown)
    const { submission } = shown
    const pdf = await paperOfContent(app, { content, figures, ...(submission && { submission }) })
    return pdfAnswer(pdf, `${nameOf(shown)}-anonymous.pdf`)
  })
}

async function fileFor(app: Holding, asking: Asking, file: string): Promise<Response | undefined> {
  const answer = await downloadFile(app, file, { ...asking, copies: 'private' })
  return 'refused' in answer ? undefined : answer
}

async function setFor(app: Holding, shown: Shown): Promise<Response> {
  const figures = await figuresFor(app, shown)
  return pdfAnswer(await paperOfContent(app, { ...shown, figures }), `${nameOf(shown)}.pdf`)
}

function nameOf({ content, submission }: Shown): string {
  return `${content.application}-${submission?.number ?? 'draft'}`
}

function pdfAnswer(pdf: Uint8Array, name: string): Response {
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store'
    }
  })
}

/**
 * The typesetter has one line for all, and whoever fills it keeps others from the mandates that they have to sign: what
 * somebody has made comes one at a time.
 */
async function oneAtATime(
  database: Database,
  person: string,
  make: () => Promise<Response | Refused>
): Promise<Response | Refused> {
  const underWay = ((database as Keeping)[place] ??= new Set())
  if (underWay.has(person)) return refused('too-often', { retryAfterSeconds: aMoment })
  underWay.add(person)
  try {
    return await make()
  } catch (error) {
    if (error instanceof NoDocument) return notNow('applications-consortium.problem.busy')
    throw error
  } finally {
    underWay.delete(person)
  }
}
