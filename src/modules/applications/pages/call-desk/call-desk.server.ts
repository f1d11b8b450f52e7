import { randomUUID } from 'node:crypto'
import type { App } from '../../../../app.ts'
import { countryName } from '#modules/programmes'
import { personsOf } from '#server/people'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type CsvColumn, writeCsv } from '#shared/spreadsheets/write-csv.ts'
import { formatDuration } from '#shared/texts/format.ts'
import { type Language, formatInstant, texts } from '#shared/texts/index.ts'
import { deadlineInstant } from '#shared/time/index.ts'
import type { CallDesk } from '../../submission/desk.server.ts'
import type { ListedAttempt, ListedSubmission } from '../../submission/desk-store.server.ts'
import { moment } from '../../submission/moment.ts'
import { applicationsOfCall } from '../../submission/reads.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { call: string }
  url: URL
}

const mostShown = 200

/** The applications of a call as its officers see them: counts, what was handed in, and who was kept from it. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const desk = await applicationsOfCall(app, caller, event.params.call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const { call, counts, submissions, late } = desk
  const shown = [...late.attempts, ...late.claims]
  const people = await personsOf(
    app.database,
    shown.map(({ by }) => by)
  )
  const attempt = (one: ListedAttempt) => ({
    ...{ code: one.code, what: one.what, outcome: one.outcome },
    at: moment(one.at, language, 'Europe/Brussels'),
    who: people.get(one.by)?.name ?? '–',
    why: sayWhy(one.why, language)
  })
  return {
    code: call.code,
    title: call.title[language] || call.title.en || call.code,
    deadline: formatInstant(call.closesAt.toString(), language),
    open: call.state === 'open' || call.state === 'published',
    counts,
    submissions: submissions.map((one) => ({
      ...{ number: one.number, code: one.code, title: one.title, state: one.state },
      received: moment(one.receivedAt, language, 'Europe/Brussels'),
      coordinator: `${one.coordinator}, ${countryName(one.country, language)}`,
      participants: one.participants
    })),
    outages: late.outages.map(({ from, until }) => ({
      from: moment(from, language, 'Europe/Brussels'),
      until: moment(until, language, 'Europe/Brussels'),
      length: formatDuration(until.since(from).total('milliseconds'), language)
    })),
    harmed: late.harmed.map(({ code, milliseconds, failed, outages, submitted }) => ({
      ...{ code, failed, outages, submitted },
      by: formatDuration(milliseconds, language)
    })),
    attempts: late.attempts.slice(0, mostShown).map(attempt),
    claims: late.claims.slice(0, mostShown).map(attempt),
    extension: extensionOf(desk, language)
  }
}

/** The extension that is proposed, with its reason in both languages, for the corrigendum of the call. */
function extensionOf({ call, late }: CallDesk, language: Language) {
  if (!late.proposed) return undefined
  const until = deadlineInstant(late.proposed, call.zone).toString()
  const kept = late.harmed.filter(({ submitted }) => !submitted)
  const said = {
    applications: kept.length,
    longest: Math.max(...kept.map(({ milliseconds }) => milliseconds))
  }
  const reasonIn = (one: Language) =>
    texts(one)('applications-submission.late.reason', { ...said, until: formatInstant(until, one) })
  return {
    form: randomUUID(),
    until: formatInstant(until, language),
    reason: { lv: reasonIn('lv'), en: reasonIn('en') }
  }
}

function sayWhy(why: string, language: Language): string {
  const t = texts(language)
  if (why === 'applications-submission.not-now.late') return t('applications-submission.late.why-late')
  if (why === 'failed') return t('applications-submission.late.why-failed')
  if (why === 'offline') return t('applications-submission.late.why-offline')
  return why.length > 200 ? `${why.slice(0, 200)}…` : why
}

/** The list of what was handed in, as CSV. */
export async function csv(event: Event): Promise<Response> {
  const { app, caller, language } = event.locals
  const desk = await applicationsOfCall(app, caller, event.params.call)
  if (isRefused(desk)) return refuseLoad(desk, event)
  const t = texts(language)
  const columns: CsvColumn<ListedSubmission>[] = [
    { heading: t('applications-submission.receipt.number'), value: ({ number }) => number },
    { heading: t('applications-submission.receipt.code'), value: ({ code }) => code },
    { heading: t('applications-submission.desk.name'), value: ({ title }) => title },
    { heading: t('applications-submission.receipt.coordinator'), value: ({ coordinator }) => coordinator },
    { heading: t('applications-submission.paper.country'), value: ({ country }) => country },
    { heading: t('applications-submission.desk.participants'), value: ({ participants }) => participants },
    {
      heading: t('applications-submission.desk.received-utc'),
      value: ({ receivedAt }) => receivedAt.toString()
    },
    {
      heading: t('applications-submission.desk.state'),
      value: ({ state }) => t(`applications-submission.state.${state}`)
    },
    { heading: t('applications-submission.receipt.hash'), value: ({ hash }) => hash }
  ]
  return new Response(writeCsv(columns, desk.submissions), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${desk.call.code}.csv"`,
      'cache-control': 'private, no-store'
    }
  })
}
