import { error, redirect } from '@sveltejs/kit'
import type { Language } from '#shared/texts/language.ts'
import { NoDocument } from '#shared/documents/render-pdf.ts'
import type { App } from '../../../../app.ts'
import { checkEligibility } from '../../actions/check-eligibility.ts'
import { checkAnswer } from '../../check-answer.server.ts'
import { reportPdf } from '../../check-documents.server.ts'
import { writeConsortiumYaml } from '../../consortium-file.server.ts'
import { forCall } from './for-call.server.ts'
import { draftFromFile, draftFromForm, type Draft } from './draft.ts'
import { readDraft } from './read-draft.ts'
import { unpacked } from './share-link.ts'

type Event = { locals: { app: App; language: Language }; url: URL; request: Request }
type Read = ReturnType<typeof readDraft>
type Asked = Event['locals'] & { read: Read & { request: NonNullable<Read['request']> }; page: URL }

/** The consortium as a file that the page, the API and the command line read back. */
export const consortiumYaml = doors(({ read }) =>
  file('consortium.yaml', 'application/yaml; charset=utf-8', writeConsortiumYaml(read.request))
)

/** The answers as the API gives them. */
export const reportJson = doors((asked) => {
  const { read } = asked
  const answer = checkAnswer(reportsOf(asked), read.request, read.warnings)
  return file('report.json', 'application/json', `${JSON.stringify(answer, null, 2)}\n`)
})

/** The answers as an accessible PDF in the language of the page. */
export const reportInPdf = doors(async (asked) => {
  const { app, language, read, page } = asked
  try {
    const pdf = await reportPdf({
      reports: reportsOf(asked),
      request: read.request,
      programmes: app.programmes,
      language,
      now: app.clock(),
      link: page.searchParams.has('c') ? page.href : undefined
    })
    return file('report.pdf', 'application/pdf', pdf)
  } catch (cause) {
    if (!(cause instanceof NoDocument)) throw cause
    return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
  }
})

/** By address, or by the whole form where the address could not hold it. */
function doors(make: (asked: Asked) => Response | Promise<Response>) {
  return {
    GET: async (event: Event) => {
      const { url } = event
      const link = url.searchParams.get('c')
      const shared = link === null ? undefined : await unpacked(link)
      // The page tells what is wrong with a link, and lets it be mended.
      if (!shared) return redirect(303, `${pageOf(event).pathname}${url.search}`)
      const asked = {
        edition: url.searchParams.get('edition') ?? '',
        action: url.searchParams.get('action') ?? ''
      }
      return await answered(event, draftFromFile(shared.value, event.locals.language, asked), make)
    },
    POST: async (event: Event) => await answered(event, draftFromForm(await event.request.formData()), make)
  }
}

async function answered(event: Event, draft: Draft, make: (asked: Asked) => Response | Promise<Response>) {
  const { app } = await forCall(event.locals.app, event.url)
  const locals = { ...event.locals, app }
  const { programmes, clock } = app
  const edition = draft.edition || String(programmes.editions[0])
  const today = clock().toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString()
  const read = readDraft({ ...draft, edition }, programmes.knowledge, today)
  const page = pageOf(event)
  if (read.request) return await make({ ...locals, read: { ...read, request: read.request }, page })
  if (event.request.method === 'GET') return redirect(303, page.pathname + page.search)
  return error(422, { message: 'the form cannot be read' })
}

/** The page a download belongs to, with the same state. */
function pageOf({ url }: Event): URL {
  return new URL(`${url.pathname.replace(/\/[^/]+$/, '')}${url.search}`, url)
}

function reportsOf({ app, read }: Asked) {
  const { consortium, action, edition } = read.request
  const reports = checkEligibility(app, {
    consortium,
    ...(action && { action }),
    ...(edition && { edition })
  })
  // The reader has refused actions and editions that are not there.
  if (!Array.isArray(reports)) throw new Error(`${reports.refused}: ${action} ${edition}`)
  return reports
}

function file(name: string, type: string, content: string | Uint8Array): Response {
  return new Response(content as BodyInit, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store'
    }
  })
}
