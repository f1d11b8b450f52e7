import type { App } from '../../../../app.ts'
import { organisationNames } from '#server/organisations'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { databaseNow } from '#shared/time/index.ts'
import { pathWords } from '../../copies/path-words.ts'
import { formOfDraft } from '../../form-of-draft.server.ts'
import { type OwnApplication, myApplications, tasksForMe } from '../../reads.ts'
import { discussionAddress } from '../application-page.ts'
import { deadlineView } from '../deadline-view.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** The applications of everybody that somebody works for. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const [own, waits] = await Promise.all([myApplications(app, caller), tasksForMe(app, caller)])
  if (isRefused(own)) return refuseLoad(own, event)
  const [names, now] = await Promise.all([
    organisationNames(
      app.database,
      own.map(({ organisation }) => organisation),
      language
    ),
    databaseNow(app.database)
  ])
  const lineOf = ({ outline, participant, call, counts }: OwnApplication) => ({
    code: outline.code,
    title: outline.title,
    state: outline.state,
    counts,
    call: call.title[language] || call.title.en || outline.call,
    role: participant.role,
    invited: participant.state === 'invited',
    deadline: deadlineView(call.closesAt, now, language)
  })
  const acting = own.filter(({ acting }) => acting).flatMap(({ applications }) => applications)
  const outlines = new Map(acting.map(({ outline }) => [outline.code, outline]))
  const waiting = isRefused(waits) ? [] : waits.filter(({ application }) => outlines.has(application))
  return {
    waits: await Promise.all(
      waiting.map(async ({ id, kind, application, title, path, by }) => {
        const form = await formOfDraft(app, outlines.get(application)!)
        const href = discussionAddress(language, application, path)
        return { id, kind, title, what: pathWords(path, [form], language), by, href }
      })
    ),
    organisations: own.map(({ organisation, role, acting, applications }) => ({
      id: organisation,
      name: names.get(organisation)?.name ?? '',
      role,
      acting,
      applications: applications.map(lineOf)
    }))
  }
}
