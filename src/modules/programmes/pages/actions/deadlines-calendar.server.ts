import { error } from '@sveltejs/kit'
import type { App } from '../../../../app.ts'
import { texts, type Language } from '#shared/texts/index.ts'
import { showAction } from '../../reads.ts'
import type { ActionView, DeadlineView } from '../../action-view.server.ts'
import { actionAddress } from './action-page.ts'

type Event = {
  locals: { app: App }
  params: { lang: Language; action: string; edition: string }
  url: URL
}

/** The deadlines of an edition as iCalendar (RFC 5545): a calendar shows them in its owner's own time. */
export function GET({ locals: { app }, params, url }: Event): Response {
  const { lang, action, edition } = params
  const view = showAction(app, action, Number(edition))
  if (!view || view.deadlines.length === 0) error(404, { message: 'no deadlines' })
  const address = `${url.origin}${actionAddress(lang, action, view.edition)}#deadlines`
  const stamp = basic(app.clock().toString())
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kopa//Deadlines//EN',
    ...view.deadlines.flatMap((deadline, index) => event(view, deadline, index, lang, address, stamp)),
    'END:VCALENDAR'
  ]
  return new Response(lines.map((line) => `${folded(line)}\r\n`).join(''), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${action}-${view.edition}.ics"`
    }
  })
}

function event(
  view: ActionView,
  deadline: DeadlineView,
  index: number,
  language: Language,
  address: string,
  stamp: string
): string[] {
  const t = texts(language)
  const { instant, body, fields = view.fields, note } = deadline
  const said = [
    ...(body ? [t(`actions.body.${body}`)] : []),
    ...(fields.length < view.fields.length
      ? [fields.map((field) => t(`rules.field.${field}`)).join(', ')]
      : []),
    ...(note ? [note[language]] : [])
  ]
  const title = t('actions.calendar.title', { action: view.names[language] })
  return [
    'BEGIN:VEVENT',
    `UID:${view.action}-${view.edition}-${index}@kopa`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${basic(instant)}`,
    `SUMMARY:${escaped(title)}`,
    ...(said.length > 0 ? [`DESCRIPTION:${escaped(said.join('; '))}`] : []),
    `URL:${address}`,
    'END:VEVENT'
  ]
}

/** 2026-03-05T11:00:00Z → 20260305T110000Z */
function basic(instant: string): string {
  return `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')
}

/** Lines of at most 75 bytes, as the standard asks; continued ones begin with a blank. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > 73) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part].join('\r\n ')
}
