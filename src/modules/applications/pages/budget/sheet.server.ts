import { budgetSheet } from '../../budget/budget-sheet.server.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import type { Language } from '#shared/texts/index.ts'
import type { App } from '../../../../app.ts'
import { budgetAtWork } from '../../reads.ts'

type Event = {
  locals: { app: App; language: Language; caller: Caller }
  params: { application: string }
  url: URL
}

/** The budget as a spreadsheet whose formulas live. */
export async function downloadSheet(event: Event): Promise<Response> {
  const { app, caller, language } = event.locals
  const found = await budgetAtWork(app, caller, event.params.application)
  if (isRefused(found)) return refuseLoad(found, event)
  return new Response(new Uint8Array(budgetSheet(found, language)), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${found.outline.code}-budget.xlsx"`,
      'cache-control': 'no-store'
    }
  })
}
