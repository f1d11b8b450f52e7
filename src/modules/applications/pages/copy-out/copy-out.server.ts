import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import type { App } from '../../../../app.ts'
import { showOrganisation } from '#server/organisations'
import { fileRefusalText } from '#shared/files/index.ts'
import { line } from '#shared/forms/fields.ts'
import { refuseForm, refuseLoad } from '#shared/forms/page-answer.ts'
import { readInput, typedIn } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatMoment, isLanguage, texts } from '#shared/texts/index.ts'
import { mostAttachmentBytes } from '../../actions/attach-file.ts'
import { fileOfficialReceipt } from '../../actions/file-official-receipt.ts'
import { officialReceiptsOf } from '../../copies/official-receipts.server.ts'
import { budgetTables } from '../../budget/copy-out-budget.ts'
import type { Outline } from '../../application.ts'
import { type ParticipantCodes, participantsTable } from '../../consortium/copy-out-participants.ts'
import { type CopyOutPart, copyOut } from '../../form/copy-out.ts'
import { type CopyOutTable, pastable, shownCell } from '../../form/copy-out-table.ts'
import { filledOf } from '../../form-of-draft.server.ts'
import { budgetAtWork, draftAtWork, officialReceiptFile } from '../../reads.ts'
import { applicationAddress } from '../application-page.ts'
import { keptFile } from '../kept-file.server.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string }
  url: URL
}

/** Everything that is answered, in the order of the form, to be copied into another system. */
export async function load(event: Event) {
  const { app, language } = event.locals
  const { draft, outline, parts, spoken } = await sheetOf(event)
  const filed = await officialReceiptsOf(app.database, outline.id)
  return {
    code: outline.code,
    title: outline.title,
    parts: parts.map(({ tables, ...part }) => ({
      ...part,
      tables: tables.map((table) => shownTable(table, spoken))
    })),
    receipts: {
      mayFile: draft.access.editsAll,
      megabytes: mostAttachmentBytes / 1_000_000, // not of a guide: megabytes
      filed: filed.map(({ id, name, number, filedAt }) => ({
        id,
        name,
        number,
        at: formatMoment(filedAt.toString(), language),
        href: applicationAddress(language, outline.code, `copy-out/receipts/${id}`)
      }))
    }
  }
}

const filing = z.object({ number: line(100) })

export const actions = {
  file: async (event: Event & { request: Request }) => {
    const { app, caller, language } = event.locals
    const form = await event.request.formData()
    const draft = await draftAtWork(app, caller, event.params.application)
    if (isRefused(draft)) return refuseForm(draft, event, form)
    const content = form.get('file')
    const read = readInput(filing, { number: form.get('number') })
    const problems = 'problems' in read ? [...read.problems] : []
    if (!(content instanceof File) || content.name === '') {
      problems.push({ field: 'file', key: 'applications-editor.problem.no-file' })
      return refuseForm(refused('invalid', { problems }), event, form)
    }
    if ('problems' in read) return refuseForm(refused('invalid', { problems }), event, form)
    const given = { content, name: content.name, number: read.data.number }
    const outcome = await fileOfficialReceipt(app, caller, draft.outline.id, given)
    if (isRefused(outcome)) return refuseForm(outcome, event, form)
    if ('refused' in outcome) {
      const message = fileRefusalText(outcome, texts(language))
      return fail(422, {
        typed: typedIn(form),
        problems: [{ field: 'file', message }],
        refused: 'invalid' as const
      })
    }
    redirect(303, `${applicationAddress(language, draft.outline.code, 'copy-out')}#receipts`)
  }
}

/** A receipt that was filed, for the consortium alone. */
export async function receipt(event: Event & { params: { receipt: string }; request: Request }) {
  const { locals, params } = event
  const { app, caller } = locals
  const file = await officialReceiptFile(app, caller, params.application, params.receipt)
  if (isRefused(file)) return refuseLoad(file, event)
  return keptFile(event, file)
}

/** The sheet as plain text. */
export async function plainText(event: Event): Promise<Response> {
  const { outline, parts, spoken } = await sheetOf(event)
  const lines = parts.flatMap((part) => [
    `== ${headingOf(part)} ==`,
    '',
    ...part.answers.flatMap(({ ask, text, characters, limit }) => [
      `-- ${ask}${limit === undefined ? '' : ` (${characters}/${limit})`}`,
      text,
      ''
    ]),
    ...part.tables.flatMap((table) => [`-- ${table.title}`, pastable(table, spoken), ''])
  ])
  return given([outline.title, outline.code, '', ...lines].join('\n'), {
    type: 'text/plain; charset=utf-8',
    name: `${outline.code}.txt`
  })
}

/** The sheet as JSON. */
export async function json(event: Event): Promise<Response> {
  const { outline, parts } = await sheetOf(event)
  const { code, title, call, action, edition, field, language, formVersion } = outline
  const sheet = { code, title, call, action, edition, field, language, formVersion, parts }
  return given(JSON.stringify(sheet, null, 2), { type: 'application/json', name: `${code}.json` })
}

/** What a part is called: its section, whose it is, which row. */
function headingOf({ title, participant, row }: CopyOutPart): string {
  return [title, participant, row].filter((part) => part !== undefined).join(' · ')
}

/** In the language in which the application is written: so does the official form ask. */
async function sheetOf(event: Event) {
  const { app, caller, language } = event.locals
  const found = await budgetAtWork(app, caller, event.params.application)
  if (isRefused(found)) return refuseLoad(found, event)
  const { outline } = found
  const spoken = isLanguage(outline.language) ? outline.language : language
  const wording = { language: spoken, t: texts(spoken) }
  const codes = await codesOf(event, outline)
  const beside = {
    consortium: {
      title: wording.t('applications-editor.overview.consortium'),
      tables: [participantsTable(outline.participants, codes, wording)]
    },
    budget: {
      title: wording.t('applications-editor.overview.budget'),
      tables: budgetTables(found, wording)
    }
  }
  return { draft: found, outline, spoken, parts: copyOut(await filledOf(app, found), beside, wording) }
}

/** By organisation, as far as its record shows them to whoever asks. */
async function codesOf(
  { locals: { app, caller } }: Event,
  { participants }: Outline
): Promise<Map<string, ParticipantCodes>> {
  const ids = [...new Set(participants.flatMap(({ organisation }) => organisation ?? []))]
  const records = await Promise.all(ids.map((id) => showOrganisation(app, caller, id)))
  return new Map(
    records.flatMap((record, at) => {
      if (!record) return []
      const said = (kind: 'oid' | 'pic') => record.facts.find((one) => one.kind === kind)?.value ?? ''
      return [[ids[at]!, { oid: said('oid'), pic: said('pic'), code: record.code }] as const]
    })
  )
}

/** A table as the page shows it, and as it is copied. */
function shownTable(table: CopyOutTable, language: Language) {
  const { path, title, columns, rows } = table
  return {
    ...{ path, title, copied: pastable(table, language) },
    columns: columns.map(({ label, kind }, at) => ({
      ...{ key: String(at), label },
      ...(kind !== 'text' && { numeric: true })
    })),
    rows: rows.map((row) => row.map((cell, at) => shownCell(cell, columns[at]!, language)))
  }
}

function given(body: string, { type, name }: { type: string; name: string }): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store'
    }
  })
}
